import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { programSummary, record } from '../../api/schemas/answers.ts';
import { pageOf } from '../../api/schemas/pages.ts';
import { planDetails, programDetails } from '../../api/schemas/programDetails.ts';
import { audit } from '../../domain/audits/audit.ts';
import { task } from '../../domain/tasks/task.ts';
import { begun, manager, owner, stranger, type Told, tellStory, viewer } from './support/story.ts';
import { type Called, type TestServer, testServer } from './support/testServer.ts';

let server: TestServer;

// Temporal is away for all of these: reading never needs it.
beforeAll(async () => {
  server = await testServer();
  await tellStory(server.database, { id: 'alpha' }, begun);
  await tellStory(server.database, { id: 'beta', rehearsal: true }, [
    ...begun,
    {
      command: { type: 'openTask', title: 'Write the policy', assignee: owner, dueOn: '2030-02-01' },
      actor: manager,
    },
  ]);
});

afterAll(() => server.close());

function mustFit(schema: TSchema, value: unknown): void {
  expect(Value.Errors(schema, value)).toEqual([]);
}

describe('programs', () => {
  test('are listed as the contract says, page by page', async () => {
    const first = (await server.as(manager).get('/v1/programs?limit=1')).body;
    const second = (await server.as(manager).get(`/v1/programs?limit=1&cursor=${first.nextCursor}`)).body;

    mustFit(pageOf(programSummary), first);
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(['alpha', 'beta']);
    expect(second.nextCursor).toBeNull();
  });

  test('tell the clock: that of the world, or the one of a rehearsal', async () => {
    const { items } = (await server.as(manager).get('/v1/programs')).body;

    expect(Math.abs(Date.parse(items[0].clock.now) - Date.now())).toBeLessThan(5_000);
    expect(items[1].clock.now).toBe('2030-01-07T13:00:00.000Z');
  });

  test('have a plan, its days, and the plans before it', async () => {
    const change = { type: 'changePlan', phases: { implementation: 'P6M' }, reason: 'Two people less' } as const;
    await tellStory(server.database, { id: 'replanned' }, [...begun, { command: change, actor: manager }]);
    const { status, body } = await server.as(viewer).get('/v1/programs/replanned/plan');

    expect(status).toBe(200);
    mustFit(planDetails, body);
    expect(body.plan.phases.implementation).toBe('P6M');
    expect(body.phases[1]).toEqual({ phase: 'implementation', startsOn: '2030-03-07', endsOn: '2030-09-07' });
    expect(body.former).toMatchObject([
      { plan: { phases: { implementation: 'P4M' } }, replacedOn: '2030-01-07', by: manager, reason: 'Two people less' },
    ]);
  });

  test('show which tasks wait, and for what', async () => {
    const asked = { assignee: manager, dueOn: '2030-02-01' } as const;
    await tellStory(server.database, { id: 'waiting', rehearsal: true }, [
      ...begun,
      { command: { type: 'openTask', title: 'Write', ...asked }, actor: manager },
      { command: { type: 'openTask', title: 'Review', ...asked, dependsOn: ['T-2'] }, actor: manager },
    ]);
    const { body } = await server.as(viewer).get('/v1/programs/waiting/tasks/T-3');
    const preview = (await server.as(viewer).get('/v1/programs/waiting/escalation/preview?task=T-3')).body;

    mustFit(task, body);
    expect(body).toMatchObject({ status: 'open', dependsOn: ['T-2'], waitsFor: ['T-2'] });
    expect(preview.items).toMatchObject([{ taskId: 'T-3', waitsFor: ['T-2'] }]);
  });

  test('count what waits as waiting, never as overdue, in the list and in the program alike', async () => {
    const overdue = async () => {
      const { items } = (await server.as(viewer).get('/v1/programs/waiting/tasks?overdue=true')).body;
      const { counts } = (await server.as(viewer).get('/v1/programs/waiting')).body;
      return [items.map(({ id }: { id: string }) => id), counts.tasks];
    };
    await server.database.read.setClock('waiting', '2030-02-02T04:59:59.000Z');
    expect(await overdue()).toEqual([[], { open: 3, overdue: 0, waiting: 1, submitted: 0 }]);
    await server.database.read.setClock('waiting', '2030-02-02T05:00:00.000Z');
    expect(await overdue()).toEqual([['T-2'], { open: 3, overdue: 1, waiting: 1, submitted: 0 }]);
  });

  test('are given in full', async () => {
    const { status, body } = await server.as(viewer).get('/v1/programs/beta');

    expect(status).toBe(200);
    mustFit(programDetails, body);
    expect(body).toMatchObject({
      id: 'beta',
      phase: 'gapAssessment',
      status: 'active',
      certificateStatus: 'none',
      standard: 'iso-42001-2023',
      counts: { tasks: { overdue: 0 } },
    });
    expect(body.readinessDetails.applicable).toBeGreaterThan(0);
  });

  test('that a person has no part in are not told from those that are not there', async () => {
    const hidden = await server.as(stranger).get('/v1/programs/alpha');
    const absent = await server.as(stranger).get('/v1/programs/omega');

    expect([hidden.status, absent.status]).toEqual([404, 404]);
    expect(hidden.body.detail.replace('alpha', 'omega')).toBe(absent.body.detail);
    expect((await server.as(stranger).get('/v1/programs')).body.items).toEqual([]);
  });

  test('can be read by those who run the installation', async () => {
    expect((await server.as('ops@example.org', 'operations').get('/v1/programs/alpha')).status).toBe(200);
    expect((await server.as('ops@example.org', 'operations').get('/v1/programs/omega')).status).toBe(404);
  });
});

describe('tasks', () => {
  test('are listed by due date, filtered, and given one by one', async () => {
    const mine = (await server.as(manager).get(`/v1/programs/beta/tasks?assignee=${owner}&status=open`)).body;
    mustFit(pageOf(task), mine);
    expect(mine.items.map(({ title }: { title: string }) => title)).toContain('Write the policy');

    const { id } = mine.items.find(({ title }: { title: string }) => title === 'Write the policy');
    expect((await server.as(manager).get(`/v1/programs/beta/tasks/${id}`)).body).toMatchObject({ id, assignee: owner });
    expect((await server.as(manager).get('/v1/programs/beta/tasks/T-999')).status).toBe(404);
    expect((await server.as(manager).get('/v1/programs/beta/tasks?overdue=true')).body.items).toEqual([]);
  });

  test('of all programs are in the inbox of their assignee', async () => {
    const { items } = (await server.as(owner).get('/v1/tasks')).body;

    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ programId: 'beta', title: 'Write the policy' });
  });

  test('show who hears of them when', async () => {
    const { items } = (await server.as(viewer).get('/v1/programs/beta/escalation/preview')).body;
    const policy = items.find(({ title }: { title: string }) => title === 'Write the policy');
    const one = (await server.as(viewer).get(`/v1/programs/beta/escalation/preview?task=${policy.taskId}`)).body;

    expect(policy.rungs[0].to).toEqual([owner]);
    expect(policy.rungs.map(({ at }: { at: string }) => at)).toEqual(
      policy.rungs.map(({ at }: { at: string }) => at).sort(),
    );
    expect(one.items).toEqual([policy]);
    expect((await server.as(viewer).get('/v1/programs/beta/escalation/preview?task=T-999')).status).toBe(404);
  });
});

describe('the assessment', () => {
  test('has a line for each requirement, in the order of the standard', async () => {
    const { items, nextCursor } = (await server.as(viewer).get('/v1/programs/alpha/gap-assessment?limit=200')).body;

    expect(items).toHaveLength(70);
    expect(items[0]).toMatchObject({ requirementId: '4.1', kind: 'clause' });
    expect(nextCursor).toBeNull();
  });

  test('has a statement of applicability with a line for each control', async () => {
    const first = (await server.as(viewer).get('/v1/programs/alpha/applicability?limit=30')).body;
    const rest = (await server.as(viewer).get(`/v1/programs/alpha/applicability?limit=30&cursor=${first.nextCursor}`))
      .body;

    expect(first.items.length + rest.items.length).toBe(38);
    expect(new Set([...first.items, ...rest.items].map(({ controlId }) => controlId)).size).toBe(38);
    expect(rest.nextCursor).toBeNull();
  });
});

describe('the register', () => {
  test('is given record by record, and checked', async () => {
    const all = (await server.as(viewer).get('/v1/programs/beta/records?limit=200')).body;
    mustFit(pageOf(record), all);
    const paged = (await allPages('/v1/programs/beta/records?limit=2')).flatMap(({ items }) => items);

    expect(paged).toEqual(all.items);
    expect(all.items[0]).toMatchObject({ seq: 1, type: 'ProgramStarted', actor: manager });
    expect((await server.as(viewer).get('/v1/programs/beta/records/1')).body).toEqual(all.items[0]);
    expect((await server.as(viewer).get('/v1/programs/beta/records/9999')).status).toBe(404);
    expect((await server.as(viewer).get('/v1/programs/beta/records/verify')).body).toMatchObject({ ok: true });
  });

  test('is told as a timeline, with what is to come', async () => {
    const { past, coming } = (await server.as(viewer).get('/v1/programs/beta/timeline')).body;

    expect(past[0].text).toBe('Program "AI management" of Example Ltd started');
    expect(past.at(-1).text).toMatch(/^T-\d+ "Write the policy" opened for olu@example.org, due 2030-02-01$/);
    expect(past.map(({ text }: { text: string }) => text).join('\n')).not.toMatch(/undefined|\[object/);
    expect(coming.length).toBeGreaterThan(0);
    expect(coming.every(({ at }: { at: string }) => at > '2030-01-07T13:00:00.000Z')).toBe(true);
  });

  test('is told page by page, from the latest back', async () => {
    const all = (await server.as(viewer).get('/v1/programs/beta/timeline?limit=200')).body;
    const pages = await allPages('/v1/programs/beta/timeline?limit=2');
    const seen = pages.reverse().flatMap(({ past }) => past);

    expect(seen).toEqual(all.past);
    expect(all.nextCursor).toBeNull();
  });

  test('is read again when more was recorded', async () => {
    await tellStory(server.database, { id: 'gamma' });
    const before = (await server.as(viewer).get('/v1/programs/gamma')).body;
    await server.database.register.append(await nextCommit('gamma'));
    const after = (await server.as(viewer).get('/v1/programs/gamma')).body;

    expect(before.warnings).toEqual([]);
    expect(after.warnings).toMatchObject([{ code: 'W1', text: 'Mind the step' }]);
    expect(after.seq).toBe(before.seq + 1);
  });
});

test('the mails of a program are shown as they are sent', async () => {
  await server.database.read.setClock('beta', '2030-02-15T13:00:00.000Z');
  const { items } = (await server.as(manager).get('/v1/programs/beta/mails')).body;

  expect(items.length).toBeGreaterThan(0);
  // The first mail says that they take part, and holds what they are asked for.
  const toOwner = items.find(({ to, kind }: { to: string; kind: string }) => to === owner && kind === 'welcome');
  expect(toOwner).toMatchObject({ status: 'kept' });
  expect(toOwner.text).toContain('Write the policy');
  expect(toOwner.html).toContain('Write the policy');
  // Whoever reads another's mail must not get the links by which its recipient answers.
  expect(toOwner.text).toMatch(/\/programs\/beta\/tasks\/T-\d+\n/);
  expect(JSON.stringify(items)).not.toMatch(/\/(answer|unsubscribe)\//);
});

test('a digest of a rehearsal of which nothing holds any more is shown as one that would not be sent', async () => {
  const task = { type: 'openTask', title: 'Write it', assignee: owner, dueOn: '2030-02-01' } as const;
  const handIn = { type: 'submitEvidence' as const, taskId: 'T-2', links: [] as string[], note: 'Here.' };
  const at = '2030-01-08T13:00:00.000Z';
  const told: Told[] = [...begun, { command: task, actor: manager, at }, { command: handIn, actor: owner, at }];
  await tellStory(server.database, { id: 'delta', rehearsal: true }, told);
  await server.database.read.setClock('delta', '2030-01-09T13:00:00.000Z');
  const { items } = (await server.as(manager).get('/v1/programs/delta/mails')).body;

  const to = (email: string) =>
    items.find((mail: { to: string; kind: string }) => mail.to === email && mail.kind === 'digest');
  expect(to(owner)).toMatchObject({ status: 'overtaken', subject: 'AI management: nothing new' });
  expect(to(manager)).toMatchObject({
    status: 'kept',
    text: expect.stringMatching(/Review:\n *http:\S+\/programs\/delta\/tasks\/T-2\n/),
  });
});

test('audits, findings and the certificate', async () => {
  const audits = (await server.as(viewer).get('/v1/programs/beta/audits')).body;
  mustFit(pageOf(audit), audits);

  expect((await server.as(viewer).get('/v1/programs/beta/findings')).body).toEqual({ items: [], nextCursor: null });
  expect((await server.as(viewer).get('/v1/programs/beta/certificate')).status).toBe(404);
});

test('the catalogue of standards', async () => {
  const { items } = (await server.as(stranger).get('/v1/standards')).body;
  const { requirements } = (await server.as(stranger).get('/v1/standards/iso-42001-2023')).body;

  expect(items).toMatchObject([{ id: 'iso-42001-2023' }]);
  expect(requirements).toHaveLength(70);
  expect(requirements[0].usualEvidence.length).toBeGreaterThan(0);
  expect((await server.as(stranger).get('/v1/standards/iso-1')).status).toBe(404);
});

async function nextCommit(programId: string) {
  const program = (await server.database.read.program(programId))!;
  const seq = program.seq + 1;
  const data = { code: 'W1', text: 'Mind the step' };
  return {
    programId,
    expectedSeq: program.seq,
    commandId: 'more',
    records: [
      {
        seq,
        at: program.clockAt,
        actor: 'system' as const,
        commandId: 'more',
        item: 0,
        type: 'WarningNoted' as const,
        data,
      },
    ],
    rows: { program: { ...program, seq }, tasks: [], audits: [], findings: [] },
    notices: [],
  };
}

async function allPages(url: string): Promise<Called['body'][]> {
  const pages: Called['body'][] = [];
  do {
    const cursor = pages.length > 0 ? `&cursor=${pages.at(-1).nextCursor}` : '';
    pages.push((await server.as(viewer).get(url + cursor)).body);
  } while (pages.at(-1).nextCursor !== null);
  return pages;
}
