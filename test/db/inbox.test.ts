import { expect, test } from 'vitest';
import { openDatabase } from '../../db/connect.ts';
import { CursorError } from '../../db/cursor.ts';
import type { InboxList } from '../../db/inbox.ts';
import { migrations } from '../../db/migrate.ts';
import { type Email, entriesOf, type Instant, type IsoDate, type Role } from '../../domain/basics.ts';
import type { ProgramRecord, RecordMap, RecordType } from '../../domain/registry.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { aCommit, aPerson, aProgram, aRecord, aTask } from '../support/builders.ts';
import { onBothDatabases } from './databases.ts';

const now = '2026-04-10T12:00:00.000Z';
const mia = 'mia@x.org';
const olu = 'olu@x.org';
const rev = 'rev@x.org';

onBothDatabases('the inbox', (bench) => {
  /** A program with people and tasks, written as a commit writes it. */
  async function program(
    id: string,
    people: Record<Email, Role[]>,
    tasks: Task[],
    overrides: Parameters<typeof aProgram>[1] = {},
  ): Promise<void> {
    const rows = {
      program: aProgram(id, overrides),
      people: entriesOf(people).map(([email, roles]) => aPerson(email, roles)),
      tasks,
    };
    await bench.db.register.append(aCommit(id, 0, { rows }));
  }

  /** Everything of a list by pages of a size, each task as `program/task`. */
  async function listed(which: InboxList, email: Email, limit = 200): Promise<string[]> {
    const found: string[] = [];
    for (let cursor: string | undefined; ; ) {
      const page = await (await bench.db.inbox.of({ email, now })).list(which, { limit, cursor });
      expect(page.items.length).toBeLessThanOrEqual(limit);
      found.push(...page.items.map(({ program: { id }, task }) => `${id}/${task.id}`));
      if (page.nextCursor === null) return found;
      cursor = page.nextCursor;
    }
  }

  function submitted(number: number, by: Email, at: Instant): Task {
    return aTask(number, { status: 'submitted', assignee: by, evidence: { links: [], note: 'Done.', by, at } });
  }

  test('has what is overdue first, then what is due, over all programs, however small the pages are', async () => {
    await program('a', { [olu]: ['owner'] }, [
      aTask(1, { assignee: olu, dueOn: '2026-05-01' }),
      aTask(2, { assignee: olu, dueOn: '2026-04-02' }),
      aTask(3, { assignee: olu, dueOn: '2026-03-01', waitsFor: ['T-1'] }),
      aTask(4, { assignee: mia, dueOn: '2026-03-01' }),
    ]);
    await program('b', { [olu]: ['owner'] }, [
      aTask(1, { assignee: olu, dueOn: '2026-04-01' }),
      aTask(2, { assignee: olu, dueOn: '2026-04-20' }),
      aTask(3, { assignee: olu, status: 'accepted' }),
    ]);
    const all = ['b/T-1', 'a/T-2', 'a/T-3', 'b/T-2', 'a/T-1'];
    for (const limit of [1, 2, 3, 200]) expect(await listed('yours', olu, limit)).toEqual(all);
    expect(await (await bench.db.inbox.of({ email: olu, now })).counts()).toMatchObject({ yours: 5, overdue: 2 });
  });

  test('goes by the clock of a rehearsal, ahead or behind', async () => {
    const tasks = [aTask(1, { assignee: olu, dueOn: '2026-04-20' }), aTask(2, { assignee: olu, dueOn: '2026-04-01' })];
    await program('ahead', { [olu]: ['owner'] }, tasks, { rehearsal: true, clockAt: '2030-01-01T00:00:00.000Z' });
    await program('behind', { [olu]: ['owner'] }, tasks, { rehearsal: true, clockAt: '2026-01-01T00:00:00.000Z' });
    const { items } = await (await bench.db.inbox.of({ email: olu, now })).list('yours', { limit: 10 });
    expect(items.map(({ program: { id }, task, overdue }) => [id, task.id, overdue])).toEqual([
      ['ahead', 'T-2', true],
      ['ahead', 'T-1', true],
      ['behind', 'T-2', false],
      ['behind', 'T-1', false],
    ]);
  });

  test('queues what others submitted for those who may review it, oldest first', async () => {
    const people: Record<Email, Role[]> = {
      [rev]: ['consultant'],
      [olu]: ['owner'],
      'lea@body.org': ['leadAuditor'],
      'two@x.org': ['programManager', 'leadAuditor'],
    };
    await program('a', people, [
      submitted(1, olu, '2026-04-03T10:00:00.000Z'),
      submitted(2, olu, '2026-04-01T10:00:00.000Z'),
      submitted(3, rev, '2026-04-01T09:00:00.000Z'),
    ]);
    await program('b', { [rev]: ['owner'] }, [submitted(1, olu, '2026-04-01T10:00:00.000Z')]);
    await program('c', { [rev]: ['sponsor'] }, [submitted(1, olu, '2026-04-02T10:00:00.000Z')]);
    for (const limit of [1, 2, 200]) expect(await listed('review', rev, limit)).toEqual(['a/T-2', 'c/T-1', 'a/T-1']);
    expect(await listed('submitted', rev)).toEqual(['a/T-3']);
    expect(await listed('submitted', olu)).toEqual(['a/T-2', 'a/T-1']);
    // Owners, and people of the body whatever else they are, review nothing.
    for (const email of [olu, 'lea@body.org', 'two@x.org'] as const) {
      expect(await listed('review', email)).toEqual([]);
      expect((await bench.db.inbox.of({ email, now })).standing).toMatchObject({ reviews: 0, manages: 0 });
    }
  });

  test('shows managers what is overdue in the programs that they manage, and in no other', async () => {
    const late = (number: number, dueOn: IsoDate) => aTask(number, { assignee: olu, dueOn });
    await program('a', { [mia]: ['programManager'] }, [late(1, '2026-04-02'), late(2, '2026-05-02')]);
    await program('b', { [mia]: ['sponsor'] }, [late(1, '2026-04-01')]);
    await program('c', { [mia]: ['programManager', 'owner'] }, [late(1, '2026-04-01')]);
    await program('r', { [mia]: ['programManager'] }, [late(1, '2030-01-01')], {
      rehearsal: true,
      clockAt: '2030-02-01T00:00:00.000Z',
    });
    for (const limit of [1, 200]) expect(await listed('team', mia, limit)).toEqual(['c/T-1', 'a/T-1', 'r/T-1']);
    expect(await listed('team', olu)).toEqual([]);
    expect(await (await bench.db.inbox.of({ email: mia, now })).counts()).toEqual({
      yours: 0,
      overdue: 0,
      review: 0,
      submitted: 0,
      team: 3,
    });
  });

  test('is the same for who is in many programs as for who is in few', async () => {
    const ids = Array.from({ length: 60 }, (_, index) => `p${String(index).padStart(2, '0')}`);
    for (const [index, id] of ids.entries()) {
      const day = `2026-03-${String((index * 7) % 28 || 28).padStart(2, '0')}` as IsoDate;
      const people: Record<Email, Role[]> = {
        [mia]: ['programManager'],
        ...(index < 5 && { [rev]: ['programManager'] }),
      };
      const rehearsal = index % 10 === 0;
      await program(id, people, [submitted(1, olu, `${day}T10:00:00.000Z`), aTask(2, { assignee: olu, dueOn: day })], {
        rehearsal,
        clockAt: rehearsal ? '2027-01-01T00:00:00.000Z' : now,
      });
    }
    const few = (found: string[]) => found.filter((one) => one < 'p05');
    for (const which of ['review', 'team'] as const) {
      expect(await listed(which, mia, 7)).toHaveLength(60);
      expect(await listed(which, rev, 2)).toEqual(few(await listed(which, mia, 7)));
    }
    expect(await (await bench.db.inbox.of({ email: mia, now })).counts()).toMatchObject({ review: 60, team: 60 });
  });

  test('leaves out programs in which somebody no longer takes part, and counts no further than people read', async () => {
    const tasks = Array.from({ length: 120 }, (_, index) => aTask(index + 1, { assignee: olu, dueOn: '2026-04-01' }));
    await program('a', { [olu]: ['owner'] }, tasks);
    await program('b', { [mia]: ['owner'] }, tasks);
    expect(await (await bench.db.inbox.of({ email: olu, now })).counts()).toMatchObject({ yours: 100, overdue: 100 });
    expect(await listed('yours', olu, 50)).toHaveLength(120);
  });

  test('filters page by page', async () => {
    const tasks = Array.from({ length: 300 }, (_, index) => aTask(index + 1, { assignee: olu }));
    await program('a', { [olu]: ['owner'] }, tasks);
    const keep = ({ task }: { task: Task }) => Number(task.id.slice(2)) % 60 === 0;
    const mine = await bench.db.inbox.of({ email: olu, now });
    const first = await mine.list('yours', { limit: 3 }, keep);
    const second = await mine.list('yours', { limit: 3, cursor: first.nextCursor! }, keep);
    expect([...first.items, ...second.items].map(({ task }) => task.id)).toEqual(
      [60, 120, 180, 240, 300].map((number) => `T-${number}`),
    );
    expect(second.nextCursor).toBeNull();
  });

  test('tells who asked for a task and who sent it back, also after a rebuild', async () => {
    await program('a', { [olu]: ['owner'] }, []);
    const append = (seq: number, tasks: Task[], record: ProgramRecord) =>
      bench.db.register.append({ ...aCommit('a', seq, { rows: { tasks } }), records: [record] });
    const of = <T extends RecordType>(seq: number, type: T, actor: Email | 'system', data: RecordMap[T]) =>
      ({ seq, at: now, actor, commandId: `c-${seq}`, item: 0, type, data }) as unknown as ProgramRecord;
    const task = aTask(1, { assignee: olu });
    const opened = { ...task, status: 'open' } as RecordMap['TaskOpened']['task'];
    const noted = async () => {
      const { items } = await (await bench.db.inbox.of({ email: olu, now })).list('yours', { limit: 1 });
      return [items[0]?.askedBy, items[0]?.sentBackBy];
    };
    await append(1, [task], of(2, 'TaskOpened', mia, { task: opened, why: 'Needed.' }));
    expect(await noted()).toEqual([mia, undefined]);
    await append(2, [task], of(3, 'EvidenceRejected', rev, { taskId: 'T-1', note: 'Not signed.' }));
    expect(await noted()).toEqual([mia, rev]);
    const records = await bench.db.register.records('a');
    const rows = { ...aCommit('a', 3, { rows: { tasks: [task] } }).rows, people: [aPerson(olu, ['owner'])] };
    await bench.db.register.replaceRows('a', rows, { noted: records.slice(1) });
    expect(await noted()).toEqual([mia, rev]);
    await append(3, [task], of(4, 'EvidenceTakenBack', olu, { taskId: 'T-1', reason: 'A draft.' }));
    expect(await noted()).toEqual([mia, undefined]);
  });

  test('names people by their program', async () => {
    await program('a', { [olu]: ['owner'] }, []);
    const names = await bench.db.inbox.names([
      { programId: 'a', email: olu },
      { programId: 'a', email: olu },
      { programId: 'b', email: olu },
    ]);
    expect([...names]).toEqual([[`a ${olu}`, aPerson(olu).name]]);
    expect(await bench.db.inbox.names([])).toEqual(new Map());
  });

  test('tells in which programs somebody was named a deputy, and not where they named one', async () => {
    const people = { [olu]: ['owner'], [rev]: ['consultant'] } as Record<Email, Role[]>;
    const commit = (id: string, deputy: Email, email: Email) => {
      const rows = { people: (Object.keys(people) as Email[]).map((one) => aPerson(one, people[one]!)) };
      const data = { email, deputy, startsOn: '2026-03-02', endsOn: '2026-03-06' } as const;
      const record = { ...aRecord(1), actor: olu, type: 'DutiesDelegated', data } as const;
      return bench.db.register.append(aCommit(id, 0, { rows, records: [record] }));
    };
    await commit('a', olu, rev);
    await commit('b', rev, olu);
    expect(await bench.db.inbox.deputyIn(olu)).toEqual(['a']);
    expect(await bench.db.inbox.deputyIn(rev)).toEqual(['b']);
    expect(await bench.db.inbox.deputyIn('nobody@example.org')).toEqual([]);
  });

  test('refuses a cursor of another list', async () => {
    const mine = await bench.db.inbox.of({ email: olu, now });
    const list = (cursor: string) => mine.list('yours', { limit: 1, cursor });
    await expect(list('nonsense')).rejects.toThrow(CursorError);
    const other = Buffer.from(JSON.stringify(['2026-01-01', 'a', 1, 'T-1'])).toString('base64url');
    await expect(list(other)).rejects.toThrow(CursorError);
  });

  test('has after the upgrade what was submitted before it', async () => {
    const url = await bench.emptyUrl();
    const before = migrations.filter(({ name }) => name < '010');
    await (await openDatabase(url, before)).close();
    const tables = bench.tables(url);
    const task = submitted(1, olu, '2026-04-01T10:00:00.000Z');
    const { id, rehearsal, clockAt } = aProgram('p');
    const head = { head_seq: 0, head_hash: '' };
    await tables('programs').insert({ id, ...head, rehearsal, clock_at: clockAt, doc: JSON.stringify(aProgram('p')) });
    const columns = { status: task.status, assignee: task.assignee, due_on: task.dueOn, doc: JSON.stringify(task) };
    await tables('tasks').insert({ program_id: 'p', id: task.id, number: 1, ...columns });
    await tables('people').insert({ program_id: 'p', email: rev, doc: JSON.stringify(aPerson(rev, ['sponsor'])) });
    const db = await openDatabase(url);
    try {
      const { items } = await (await db.inbox.of({ email: rev, now })).list('review', { limit: 10 });
      expect(items.map((item) => item.task)).toEqual([task]);
    } finally {
      await db.close();
    }
  });
});
