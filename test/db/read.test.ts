import { describe, expect, test } from 'vitest';
import { CursorError } from '../../db/cursor.ts';
import type { Page, PageRequest } from '../../db/types.ts';
import { isOverdue } from '../../domain/tasks/overdue.ts';
import { aCommit, aFinding, anAudit, aPerson, aProgram, aTask } from '../support/builders.ts';
import { onBothDatabases } from './databases.ts';

const now = '2026-03-31T23:30:00.000Z';
const all = { limit: 200 };

/** Everything of a list, page by page; fails when a page is too long. */
async function walk<T>(list: (page: PageRequest) => Promise<Page<T>>, limit: number): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | undefined;
  do {
    const page: Page<T> = await list({ limit, cursor });
    expect(page.items.length).toBeLessThanOrEqual(limit);
    expect(page.items.length === limit || page.nextCursor === null).toBe(true);
    items.push(...page.items);
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

onBothDatabases('the read tables', (bench) => {
  const { read, append } = {
    read: () => bench.db.read,
    append: (...commit: Parameters<typeof aCommit>) => bench.db.register.append(aCommit(...commit)),
  };

  test('give back what was written, and the newest of it', async () => {
    const rows = {
      tasks: [aTask(1)],
      audits: [anAudit(1)],
      findings: [aFinding(1)],
      people: [aPerson('a@x.org', ['sponsor', 'owner'])],
    };
    await append('p', 0, { rows });
    expect(await read().program('p')).toEqual(aProgram('p'));
    expect(JSON.stringify(await read().task('p', 'T-1'))).toBe(JSON.stringify(aTask(1)));
    expect(await read().audit('p', 'A-1')).toEqual(anAudit(1));
    expect(await read().finding('p', 'F-1')).toEqual(aFinding(1));
    expect(await read().rolesOf('p', 'a@x.org')).toEqual(['sponsor', 'owner']);

    const changed = { tasks: [aTask(1, { status: 'accepted', closedOn: '2026-03-20' })], people: [aPerson('b@x.org')] };
    await append('p', 1, { rows: changed });
    expect(await read().task('p', 'T-1')).toEqual(changed.tasks[0]);
    expect((await read().tasks('p', { now, status: 'open' }, all)).items).toEqual([]);
    expect(await read().rolesOf('p', 'a@x.org')).toEqual([]);
    expect(await read().rolesOf('p', 'b@x.org')).toEqual(['owner']);
    expect((await read().program('p'))?.seq).toBe(2);
  });

  test('know nothing of what is not there', async () => {
    await append('p', 0);
    expect(await read().program('q')).toBeUndefined();
    expect(await read().task('p', 'T-1')).toBeUndefined();
    expect(await read().audit('p', 'A-1')).toBeUndefined();
    expect(await read().finding('p', 'F-1')).toBeUndefined();
    expect(await read().rolesOf('q', 'a@x.org')).toEqual([]);
    expect(await read().tasks('q', { now }, all)).toEqual({ items: [], nextCursor: null });
  });

  test('people see the programs they have a part in, installation roles all', async () => {
    await append('b', 0, { rows: { people: [aPerson('a@x.org'), aPerson('b@x.org')] } });
    await append('a', 0, { rows: { people: [aPerson('a@x.org')] } });
    await append('c', 0);
    const seenBy = async (viewer: Parameters<ReturnType<typeof read>['programs']>[0]) =>
      (await walk((page) => read().programs(viewer, page), 1)).map((program) => program.id);
    expect(await seenBy({ email: 'a@x.org' })).toEqual(['a', 'b']);
    expect(await seenBy({ email: 'b@x.org' })).toEqual(['b']);
    expect(await seenBy({ email: 'c@x.org' })).toEqual([]);
    expect(await seenBy({ email: 'c@x.org', installationRole: 'operations' })).toEqual(['a', 'b', 'c']);
  });

  test('programs are counted by the phase that each is in now', async () => {
    expect(await read().programsByPhase()).toEqual(new Map());
    await append('a', 0);
    await append('b', 0);
    await append('c', 0, { rows: { program: aProgram('c', { phase: 'closed' }) } });
    expect(await read().programsByPhase()).toEqual(
      new Map([
        ['implementation', 2],
        ['closed', 1],
      ]),
    );
    await append('a', 1, { rows: { program: aProgram('a', { phase: 'closed', seq: 2 }) } });
    const { rows } = aCommit('b', 0, { rows: { program: aProgram('b', { phase: 'internalAudit' }) } });
    await bench.db.register.replaceRows('b', rows);
    expect(await read().programsByPhase()).toEqual(
      new Map([
        ['internalAudit', 1],
        ['closed', 2],
      ]),
    );
  });

  test('programs are sorted by code point on every server', async () => {
    for (const id of ['a-b', 'aB', 'ab', 'a_b', 'é', 'z']) await append(id, 0);
    const viewer = { email: 'x@x.org', installationRole: 'administrator' } as const;
    const ids = (await walk((page) => read().programs(viewer, page), 2)).map((program) => program.id);
    expect(ids).toEqual(['a-b', 'aB', 'a_b', 'ab', 'z', 'é']);
  });

  describe('tasks', () => {
    test('come by due date and number, every one on one page', async () => {
      const tasks = [12, 2, 10, 1, 9, 11].map((n) => aTask(n, { dueOn: n > 10 ? '2026-03-01' : '2026-03-31' }));
      await append('p', 0, { rows: { tasks } });
      await append('q', 0, { rows: { tasks: [aTask(3)] } });
      for (const limit of [1, 2, 3, 6, 7]) {
        const ids = (await walk((page) => read().tasks('p', { now }, page), limit)).map((task) => task.id);
        expect(ids).toEqual(['T-11', 'T-12', 'T-1', 'T-2', 'T-9', 'T-10']);
      }
    });

    test('are filtered by status and assignee', async () => {
      const tasks = [aTask(1), aTask(2, { assignee: 'b@x.org' }), aTask(3, { assignee: 'b@x.org', status: 'waived' })];
      await append('p', 0, { rows: { tasks } });
      const ids = async (filter: object) =>
        (await read().tasks('p', { now, ...filter }, all)).items.map((task) => task.id);
      expect(await ids({ status: 'open' })).toEqual(['T-1', 'T-2']);
      expect(await ids({ assignee: 'b@x.org' })).toEqual(['T-2', 'T-3']);
      expect(await ids({ assignee: 'b@x.org', status: 'open' })).toEqual(['T-2']);
    });

    test('are overdue from the day after their due date, until they are handed in, and not while they wait', async () => {
      const tasks = [
        aTask(1, { dueOn: '2026-03-30' }),
        aTask(2, { dueOn: '2026-03-30', status: 'submitted' }),
        aTask(3, { dueOn: '2026-03-30', status: 'accepted' }),
        aTask(4, { dueOn: '2026-03-31' }),
        aTask(5, { dueOn: '2026-03-30', dependsOn: ['T-1'], waitsFor: ['T-1'] }),
      ];
      await append('p', 0, { rows: { tasks } });
      const ids = async (overdue: boolean) =>
        (await read().tasks('p', { now, overdue }, all)).items.map((task) => task.id);
      expect(await ids(true)).toEqual(['T-1']);
      expect(await ids(false)).toEqual(['T-2', 'T-3', 'T-5', 'T-4']);
    });

    test('are overdue in the list exactly when the domain says so, in every time zone', async () => {
      const zones = ['UTC', 'America/New_York', 'Pacific/Auckland', 'Asia/Kathmandu'];
      const statuses = ['open', 'submitted', 'accepted', 'waived', 'cancelled'] as const;
      const tasks = statuses.flatMap((status, index) =>
        (['2026-03-30', '2026-03-31', '2026-04-01'] as const).flatMap((dueOn, day) => [
          aTask(10 * index + 2 * day, { status, dueOn }),
          aTask(10 * index + 2 * day + 1, { status, dueOn, waitsFor: ['T-100'] }),
        ]),
      );
      for (const timeZone of zones) {
        await append(timeZone, 0, { rows: { program: aProgram(timeZone, { timeZone }), tasks } });
        for (let hour = 0; hour < 48; hour += 3) {
          const now = new Date(Date.UTC(2026, 2, 30, hour, 59)).toISOString();
          const { items } = await read().tasks(timeZone, { now, overdue: true }, all);
          const others = await read().tasks(timeZone, { now, overdue: false }, all);
          const due = tasks.filter((task) =>
            isOverdue(task, { status: 'active', calendar: { timeZone, holidays: [] } }, now),
          );
          expect(new Set(items.map(({ id }) => id))).toEqual(new Set(due.map(({ id }) => id)));
          expect(items.length + others.items.length).toBe(tasks.length);
        }
      }
    });

    test("of a rehearsal are overdue by the rehearsal's own clock, which only goes forward", async () => {
      const program = aProgram('p', { rehearsal: true, clockAt: '2026-03-02T09:00:00.000Z' });
      await append('p', 0, { rows: { program, tasks: [aTask(1, { dueOn: '2026-03-05' })] } });
      const overdue = async () => (await read().tasks('p', { now, overdue: true }, all)).items.length;
      expect(await overdue()).toBe(0);
      await read().setClock('p', '2026-03-06T04:59:59.000Z');
      expect(await overdue()).toBe(0);
      await read().setClock('p', '2026-03-06T05:00:00.000Z');
      await read().setClock('p', '2026-03-04T00:00:00.000Z');
      expect(await overdue()).toBe(1);
      expect(await read().program('p')).toEqual({ ...program, clockAt: '2026-03-06T05:00:00.000Z' });
    });

    test('of a person over all programs make the inbox', async () => {
      const mine = { assignee: 'b@x.org' } as const;
      for (const id of ['q', 'p']) {
        const tasks = [aTask(1, mine), aTask(2, { ...mine, dueOn: '2026-03-01' }), aTask(3)];
        await append(id, 0, { rows: { tasks, people: [aPerson('b@x.org')] } });
      }
      await append('left', 0, { rows: { tasks: [aTask(1, mine)], people: [aPerson('a@x.org')] } });
      const inbox = await walk((page) => read().inbox({ email: 'b@x.org' }, { now }, page), 1);
      expect(inbox.map((task) => `${task.programId} ${task.id}`)).toEqual(['p T-2', 'q T-2', 'p T-1', 'q T-1']);
      expect(inbox[0]).toEqual({ ...aTask(2, { ...mine, dueOn: '2026-03-01' }), programId: 'p' });
      const overdue = await read().inbox({ email: 'b@x.org' }, { now, overdue: true }, all);
      expect(overdue.items.map((task) => `${task.programId} ${task.id}`)).toEqual(['p T-2', 'q T-2']);
      const ofOne = await read().inbox({ email: 'b@x.org', programId: 'q' }, { now }, all);
      expect(ofOne.items.map((task) => `${task.programId} ${task.id}`)).toEqual(['q T-2', 'q T-1']);
    });

    test('are as many on each page when some are left out, and a page follows only when it has any', async () => {
      await append('p', 0, { rows: { tasks: Array.from({ length: 260 }, (_, index) => aTask(index + 1)) } });
      const isKept = (id: string) => ['T-1', 'T-2', 'T-130', 'T-131', 'T-259'].includes(id);
      const first = await read().tasks('p', { now }, { limit: 3 }, isKept);
      expect(first.items.map(({ id }) => id)).toEqual(['T-1', 'T-2', 'T-130']);
      const second = await read().tasks('p', { now }, { limit: 2, cursor: first.nextCursor! }, isKept);
      expect(second.items.map(({ id }) => id)).toEqual(['T-131', 'T-259']);
      expect(second.nextCursor).toBeNull();
      expect(await read().tasks('p', { now }, { limit: 3 }, () => false)).toEqual({ items: [], nextCursor: null });
    });
  });

  test('audits and findings come by number', async () => {
    const numbers = [10, 9, 2, 11, 1];
    await append('p', 0, {
      rows: { audits: numbers.map((n) => anAudit(n)), findings: numbers.map((n) => aFinding(n)) },
    });
    const audits = await walk((page) => read().audits('p', page), 2);
    const findings = await walk((page) => read().findings('p', page), 2);
    expect(audits.map((audit) => audit.id)).toEqual(['A-1', 'A-2', 'A-9', 'A-10', 'A-11']);
    expect(findings.map((finding) => finding.id)).toEqual(['F-1', 'F-2', 'F-9', 'F-10', 'F-11']);
  });

  test('what is added meanwhile makes nothing else appear twice or not at all', async () => {
    await append('p', 0, { rows: { tasks: [2, 4, 6].map((n) => aTask(n)) } });
    const first = await read().tasks('p', { now }, { limit: 2 });
    await append('p', 1, { rows: { tasks: [1, 3, 5].map((n) => aTask(n)) } });
    const rest = await read().tasks('p', { now }, { limit: 9, cursor: first.nextCursor! });
    expect(rest.items.map((task) => task.id)).toEqual(['T-5', 'T-6']);
  });

  const encoded = (key: unknown) => Buffer.from(JSON.stringify(key)).toString('base64url');
  test('a cursor that no list of this kind gave out is refused', async () => {
    const wrongKeys = [
      ['2026-03-31', 1],
      ['2026-03-31', '1', 'T-1'],
      ['2026-03-31', 1e12, 'T-1'],
      ['2026-03-31', 1, 'T-\0'],
      { length: 3 },
      null,
    ];
    for (const cursor of ['nonsense', '', ...wrongKeys.map(encoded)]) {
      const list = read().tasks('p', { now }, { limit: 1, cursor });
      await expect(list, cursor).rejects.toThrow(CursorError);
      await expect(list, cursor).rejects.toThrow('is not valid. Pass the nextCursor of the page before');
    }
  });
});
