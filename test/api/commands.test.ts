import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { commandIdOf } from '../../api/commandIds.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { programWorker } from './support/programWorker.ts';
import { mustPointAt } from './support/refused.ts';
import { manager, owner, startBody, viewer } from './support/story.ts';
import { type TestServer, testServer } from './support/testServer.ts';

let server: TestServer;
let stopWorker: () => Promise<void>;
/** Updates that are on their way to Temporal, now and at most. */
const updates = { now: 0, most: 0 };

beforeAll(async () => {
  quietRuntime();
  const address = inject('temporalAddress');
  const taskQueue = `api-${randomUUID()}`;
  server = await testServer({
    address,
    taskQueue,
    interceptors: {
      workflow: [
        {
          async startUpdate(input, next) {
            updates.most = Math.max(updates.most, ++updates.now);
            return next(input).finally(() => updates.now--);
          },
        },
      ],
    },
  });
  stopWorker = await programWorker({ address, database: server.database, taskQueue });
});

afterAll(async () => {
  await stopWorker?.();
  await server?.close();
});

const asManager = () => server.as(manager);

/** Starts a program; a rehearsal is taken to its first day, when the gap assessment begins. */
async function started(overrides: object = {}): Promise<string> {
  const id = `p-${randomUUID().slice(0, 8)}`;
  const { status, body } = await asManager().post('/v1/programs', { ...startBody(), id, ...overrides });
  expect(body).toMatchObject({ commandId: expect.any(String) });
  expect(status).toBe(201);
  return `/v1/programs/${id}`;
}

async function begun(): Promise<string> {
  const program = await started({ rehearsal: true });
  const { body } = await asManager().post(`${program}/clock/advance`, { until: '2030-01-08' });
  expect(body).toEqual({ now: expect.stringMatching(/^2030-01-08T05:00:/) });
  return program;
}

const anotherTask = (title = 'Write the policy') => ({ title, assignee: owner, dueOn: '2030-02-01' }) as const;

describe('starting a program', () => {
  test('answers when it is recorded, with where it is', async () => {
    const id = `p-${randomUUID().slice(0, 8)}`;
    const { status, body, headers } = await asManager().post('/v1/programs', { ...startBody(), id });

    expect(status).toBe(201);
    expect(headers.location).toBe(`/v1/programs/${id}`);
    expect(body).toMatchObject({ firstSeq: 1, program: { id, status: 'planned', phase: 'gapAssessment' } });
    expect((await asManager().get(headers.location!)).body).toMatchObject({ id, scope: startBody().scope });
  });

  test('refuses an id that is taken', async () => {
    const program = await started();
    const id = program.split('/').at(-1);
    const again = await asManager().post('/v1/programs', { ...startBody(), id });

    expect(again).toMatchObject({ status: 409, body: { code: 'exists' } });
    expect(again.body.detail).toContain(id);
  });

  test('makes an id from the name, the same for the same key', async () => {
    const headers = { 'idempotency-key': randomUUID() };
    const first = await asManager().post('/v1/programs', startBody({ name: 'Ärzte & KI' }), headers);
    const second = await asManager().post('/v1/programs', startBody({ name: 'Ärzte & KI' }), headers);

    expect(first.body.program.id).toMatch(/^a-rzte-ki-[0-9a-f]{8}$/);
    expect(second).toMatchObject({ status: 201, body: first.body, headers: { location: first.headers.location } });
  });

  test('knows people by their address in lower case', async () => {
    const people = startBody().people.map((person) => ({ ...person, email: person.email.toUpperCase() }));
    const program = await started({ people });

    expect((await server.as(viewer).get(program)).status).toBe(200);
  });
});

describe('a command', () => {
  test('is answered with what was recorded and what it changed', async () => {
    const program = await begun();
    const { status, body, headers } = await asManager().post(`${program}/tasks`, anotherTask());

    expect(status).toBe(201);
    expect(headers.location).toBe(`${program}/tasks/${body.ids.taskId}`);
    expect(body.task).toMatchObject({ title: 'Write the policy', assignee: owner, status: 'open' });
    expect((await asManager().get(headers.location!)).body).toEqual(body.task);
    const { body: record } = await asManager().get(`${program}/records/${body.firstSeq}`);
    expect(record).toMatchObject({ type: 'TaskOpened', actor: manager, commandId: body.commandId });
  });

  test('that is refused leaves nothing', async () => {
    const program = await begun();
    const before = (await asManager().get(program)).body.seq;
    const refused = await Promise.all([
      server.as(viewer).post(`${program}/tasks`, anotherTask()),
      asManager().post(`${program}/tasks/T-999/waive`, { reason: 'Not needed' }),
      asManager().post(`${program}/tasks`, { ...anotherTask(), assignee: 'nobody@example.org' }),
      asManager().post(`${program}/resume`, { reason: 'It never stood still' }),
    ]);

    expect(refused.map(({ status }) => status)).toEqual([403, 404, 422, 409]);
    for (const called of refused) {
      expect(called.headers['content-type']).toContain('application/problem+json');
      expect(called.body.code).not.toBe('defect');
      if (called.status === 422) mustPointAt(called, '/assignee');
      else expect(called.body).not.toHaveProperty('errors');
    }
    expect((await asManager().get(program)).body.seq).toBe(before);
  });

  test('is one of at most eight in flight, and none of fifty is lost', async () => {
    const program = await begun();
    updates.most = 0;
    const titles = Array.from({ length: 50 }, (_, index) => `Task ${index}`);
    const answers = await Promise.all(titles.map((title) => asManager().post(`${program}/tasks`, anotherTask(title))));
    const { items } = (await asManager().get(`${program}/tasks?limit=200&assignee=${owner}`)).body;

    expect(answers.map(({ status }) => status)).toEqual(titles.map(() => 201));
    expect(updates.most).toBe(8);
    expect(items.map(({ title }: { title: string }) => title)).toEqual(expect.arrayContaining(titles));
    expect(new Set(answers.map(({ body }) => body.ids.taskId)).size).toBe(50);
  });

  test('to a program that is over is refused at once', async () => {
    const program = await started();
    await asManager().post(`${program}/cancel`, { reason: 'No budget' });
    const before = Date.now();
    const called = await asManager().post(`${program}/pause`, { reason: 'Too late' });

    expect(called).toMatchObject({ status: 409, body: { code: 'state' } });
    expect(Date.now() - before).toBeLessThan(15_000);
    expect((await asManager().get(program)).body).toMatchObject({ status: 'cancelled' });
  });

  test('names the AI system by the path', async () => {
    const program = await begun();
    const system = { name: 'Scorer', role: 'user', risk: 'low' };
    const put = await asManager().put(`${program}/ai-systems/scorer`, system);
    const gone = await asManager().delete(`${program}/ai-systems/scorer?reason=Replaced`);
    const { aiSystems } = (await asManager().get(program)).body;

    expect([put.status, gone.status]).toEqual([200, 200]);
    expect(aiSystems).toContainEqual(expect.objectContaining({ id: 'scorer', ...system, retiredOn: '2030-01-08' }));
  });

  test('that needs no body takes none, whatever its type is said to be', async () => {
    const program = await begun();
    const headers = { 'content-type': 'application/json' };
    const called = await asManager().post(`${program}/gap-assessment/complete`, undefined, headers);

    expect(called.status).toBe(409);
    expect(called.body.code).not.toBe('malformed');
  });
});

describe('with an Idempotency-Key', () => {
  test('the same call is carried out once, also at the same time', async () => {
    const program = await begun();
    const headers = { 'idempotency-key': randomUUID() };
    const calls = Array.from({ length: 5 }, () => asManager().post(`${program}/tasks`, anotherTask(), headers));
    const first = await Promise.all(calls);
    const later = await asManager().post(`${program}/tasks`, anotherTask(), headers);

    for (const { status, body, headers: given } of [...first, later]) {
      expect({ status, body, location: given.location }).toEqual({
        status: 201,
        body: first[0]!.body,
        location: first[0]!.headers.location,
      });
    }
    expect((await asManager().get(`${program}/tasks?assignee=${owner}`)).body.items).toHaveLength(1);
  });

  test('an answer that was forgotten after its days is what the register says', async () => {
    const program = await begun();
    const headers = { 'idempotency-key': randomUUID() };
    const first = await asManager().post(`${program}/tasks`, anotherTask(), headers);
    expect(await server.database.idempotency.forget('2999-01-01T00:00:00.000Z')).toBeGreaterThan(0);

    const again = await asManager().post(`${program}/tasks`, anotherTask(), headers);
    expect(again).toMatchObject({ status: 201, body: first.body });
    expect((await asManager().post(`${program}/tasks`, anotherTask('Another'), headers)).status).toBe(422);
  });

  test('an answer that was lost in a crash is found again', async () => {
    const program = await begun();
    const programId = program.split('/').at(-1)!;
    const key = randomUUID();
    const commandId = commandIdOf({ caller: manager, programId, key });
    // The service took the command and ended before it kept the answer.
    const lost = await server.gateway.command(programId, {
      commandId,
      actor: { email: manager },
      command: { type: 'openTask', ...anotherTask() },
    });
    const { body } = await asManager().post(`${program}/tasks`, anotherTask(), { 'idempotency-key': key });

    expect(body).toMatchObject(lost);
  });

  test('a command that was recorded before the program ended still gets its answer', async () => {
    const program = await started();
    const programId = program.split('/').at(-1)!;
    const envelope = {
      commandId: randomUUID(),
      actor: { email: manager },
      command: { type: 'cancel', reason: 'No budget' },
    } as const;
    const first = await server.gateway.command(programId, envelope);
    const again = await server.gateway.command(programId, envelope);

    expect(again).toEqual(first);
  });
});

describe('many commands', () => {
  test('are carried out in one commit, each answered with its result or why it was refused', async () => {
    const program = await begun();
    const commands = [
      { type: 'openTask', ...anotherTask('One') },
      { type: 'waiveTask', taskId: 'T-999', reason: 'Not there' },
      { type: 'openTask', ...anotherTask('Two'), assignee: owner.toUpperCase() },
    ];
    const { status, body } = await asManager().post(`${program}/commands`, { commands });

    expect(status).toBe(200);
    expect(body.results).toMatchObject([
      { ok: true, ids: { taskId: expect.any(String) } },
      { ok: false, rejection: { status: 404 } },
      { ok: true },
    ]);
    expect(body.lastSeq - body.firstSeq).toBe(1);
  });

  test('that stand or fall together are all refused with the one that is', async () => {
    const program = await begun();
    const before = (await asManager().get(program)).body.seq;
    const commands = [
      { type: 'openTask', ...anotherTask('One') },
      { type: 'waiveTask', taskId: 'T-999', reason: 'Not there' },
    ];
    const { status, body } = await asManager().post(`${program}/commands`, { commands, atomic: true });

    expect(status).toBe(404);
    expect(body.detail).toMatch(/^commands\[1\] \(waiveTask\): /);
    expect((await asManager().get(program)).body.seq).toBe(before);
  });

  test('that are ratings are told of by their place among the items', async () => {
    const program = await begun();
    const rated = { status: 'missing', priority: 'high', gap: 'Not there', effortDays: 1 };
    const items = [
      { requirementId: '4.1', ...rated, owner },
      { requirementId: '4.2', ...rated, owner: 'nobody@example.com' },
    ];
    const { status, body } = await asManager().put(`${program}/gap-assessment`, { items });

    expect(status).toBe(422);
    expect(body.detail).toMatch(/^items\[1\]: owner: /);
    expect(body).not.toHaveProperty('errors');
  });

  test('rate every requirement, and the assessment can be completed', async () => {
    const program = await begun();
    const lines = (await asManager().get(`${program}/gap-assessment?limit=200`)).body.items;
    const items = lines.map(({ requirementId }: { requirementId: string }) => ({
      requirementId,
      status: 'partial',
      priority: 'high',
      gap: 'Not written down',
      effortDays: 2,
      owner,
    }));
    const rated = await asManager().put(`${program}/gap-assessment`, { items });
    const completed = await asManager().post(`${program}/gap-assessment/complete`);

    expect(rated.body.results.every(({ ok }: { ok: boolean }) => ok)).toBe(true);
    expect(completed).toMatchObject({ status: 200, body: { program: { phase: 'implementation' } } });
    expect((await server.as(owner).get(`${program}/tasks?assignee=${owner}`)).body.items.length).toBeGreaterThan(0);
  });
});

describe('the clock of a rehearsal', () => {
  test('is advanced by a duration, to a day and to the next moment', async () => {
    const program = await begun();
    const advance = async (target: object) => (await asManager().post(`${program}/clock/advance`, target)).body.now;
    const { coming } = (await asManager().get(`${program}/timeline`)).body;

    const first = await advance({ to: 'nextMoment' });
    expect(Date.parse(first) - Date.parse(coming[0].at)).toBeLessThan(20_000);
    expect(first >= coming[0].at).toBe(true);
    const days = (Date.parse(await advance({ by: 'P7D' })) - Date.parse(first)) / 86_400_000;
    expect(days).toBeGreaterThanOrEqual(7);
    expect(days).toBeLessThan(7.01);
    // Midnight in New York, in summer time.
    expect(await advance({ until: '2030-04-15' })).toMatch(/^2030-04-15T04:00:/);
    expect((await asManager().get(program)).body.clock.now).toMatch(/^2030-04-15T04:0/);
  });

  test('goes where the first attempt set out for, when its answer was lost', async () => {
    const program = await begun();
    const advance = (target: object, key: string) =>
      asManager().post(`${program}/clock/advance`, target, { 'idempotency-key': key });
    const clockNow = async () => (await asManager().get(program)).body.clock.now;

    for (const target of [{ by: 'P7D' }, { until: '2030-03-04' }, { to: 'nextMoment' }]) {
      const key = randomUUID();
      const before = await clockNow();
      // The database goes away between the clock's arrival and the answer.
      vi.spyOn(server.database.idempotency, 'answer').mockRejectedValueOnce(new Error('connection lost'));
      expect((await advance(target, key)).status).toBe(500);
      const arrived = await clockNow();
      expect(arrived > before).toBe(true);

      const again = await advance(target, key);
      expect(again.status).toBe(200);
      expect(Date.parse(again.body.now) - Date.parse(arrived)).toBeLessThan(60_000);
      expect((await advance(target, key)).body).toEqual(again.body);
    }
  });

  test('is not turned back, nor sent astray', async () => {
    const program = await begun();
    const advance = (target: object) => asManager().post(`${program}/clock/advance`, target);

    for (const target of [{ until: '2029-12-31' }, { until: '2099-01-01' }, { by: 'PT5M' }]) {
      const called = await advance(target);
      expect(called).toMatchObject({ status: 422, body: { code: 'dates' } });
      mustPointAt(called, `/${Object.keys(target)[0]}`);
    }
    expect(await advance({ until: '2031-02-29' })).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '/until' }] },
    });
  });

  test('is not for those who only look on', async () => {
    const program = await begun();
    expect((await server.as(viewer).post(`${program}/clock/advance`, { by: 'P1D' })).status).toBe(403);
  });
});

test('the service is ready, also over real HTTP', async () => {
  const url = await server.app.listen({ host: '127.0.0.1', port: 0 });
  const headers = { authorization: `Bearer ${await asManager().token()}` };

  const ready = async () => (await fetch(`${url}/readyz`)).json();
  await expect.poll(ready).toEqual({ status: 'ok', database: 'ok', temporal: 'ok', workers: 'ok' });
  expect((await fetch(`${url}/v1/programs`, { headers })).status).toBe(200);
  expect((await fetch(`${url}/v1/programs`)).status).toBe(401);
});
