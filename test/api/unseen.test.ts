import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { quietRuntime } from '../support/quietRuntime.ts';
import { programWorker } from './support/programWorker.ts';
import { manager, owner, startBody } from './support/story.ts';
import { type Called, type TestServer, testServer } from './support/testServer.ts';

const other = 'ola@example.org';
let server: TestServer;
let stopWorker: () => Promise<void>;
let program: string;

beforeAll(async () => {
  quietRuntime();
  const address = inject('temporalAddress');
  const taskQueue = `api-${randomUUID()}`;
  server = await testServer({ address, taskQueue });
  stopWorker = await programWorker({ address, database: server.database, taskQueue });
  const id = `p-${randomUUID().slice(0, 8)}`;
  program = `/v1/programs/${id}`;
  const { people, ...rest } = startBody();
  const body = { ...rest, id, rehearsal: true, people: [...people, { email: other, name: 'Ola', roles: ['owner'] }] };
  expect((await server.as(manager).post('/v1/programs', body)).status).toBe(201);
  await server.as(manager).post(`${program}/clock/advance`, { until: '2030-01-08' });
  const task = { title: 'Write it', assignee: other, dueOn: '2030-02-01' };
  expect((await server.as(manager).post(`${program}/tasks`, task)).body.task.id).toBe('T-2');
  expect((await server.as(manager).post(`${program}/tasks`, { ...task, assignee: owner })).body.task.id).toBe('T-3');
}, 60_000);

afterAll(async () => {
  await stopWorker?.();
  await server?.close();
});

/** A refusal without the id that it names. */
function plain({ status, body }: Called, id: string): object {
  const detail = body.detail.replaceAll(id, '…');
  return { status, ...body, detail, instance: body.instance.replace(id, '…') };
}

const evidence = { links: [], note: 'Mine.' };

test.each([
  ['evidence', evidence],
  ['take-back', { reason: 'Mine.' }],
  ['acknowledge', { expectedOn: '2030-02-05' }],
  ['decline', { reason: 'Mine.' }],
])("%s for another's task is refused as for one that is not there", async (act, body) => {
  const hidden = await server.as(owner).post(`${program}/tasks/T-2/${act}`, body);
  const absent = await server.as(owner).post(`${program}/tasks/T-999/${act}`, body);

  expect(hidden.status).toBe(404);
  expect(plain(hidden, 'T-2')).toEqual(plain(absent, 'T-999'));
  expect(JSON.stringify(hidden.body)).not.toContain('Ola');
});

test('who sees it is told why it is refused, and who may not send it at all that', async () => {
  const ira = await server.as('ira@example.org').post(`${program}/tasks/T-2/evidence`, evidence);
  expect(ira).toMatchObject({ status: 403, body: { detail: expect.stringContaining('Ola') } });
  const waived = await server.as(owner).post(`${program}/tasks/T-2/waive`, { reason: 'Why not' });
  const absent = await server.as(owner).post(`${program}/tasks/T-999/waive`, { reason: 'Why not' });
  expect(waived).toMatchObject({ status: 403, body: { code: 'role' } });
  expect(plain(waived, 'T-2')).toEqual(plain(absent, 'T-999'));
});

test('among many commands it is the same, all at once or each for itself', async () => {
  const commands = (taskId: string) => [
    { type: 'submitEvidence', taskId: 'T-3', ...evidence },
    { type: 'submitEvidence', taskId, ...evidence },
    { type: 'takeBackEvidence', taskId: 'T-3', reason: 'Not yet.' },
  ];
  const send = (taskId: string, atomic: boolean) =>
    server.as(owner).post(`${program}/commands`, { commands: commands(taskId), atomic });

  const hidden = await send('T-2', true);
  expect(hidden.status).toBe(404);
  expect(hidden.body.detail).toMatch(/^commands\[1\] \(submitEvidence\): There is no task T-2 in program/);
  expect(plain(hidden, 'T-2')).toEqual(plain(await send('T-999', true), 'T-999'));

  const [one, other] = [await send('T-2', false), await send('T-999', false)];
  expect(one.body.results).toMatchObject([{ ok: true }, { ok: false, rejection: { status: 404 } }, { ok: true }]);
  expect(one.body.results[1].rejection.detail.replace('T-2', '…')).toBe(
    other.body.results[1].rejection.detail.replace('T-999', '…'),
  );
});

test('an answer gives what its sender sees of what was changed, and no ids of the rest', async () => {
  const report = { receivedOn: '2030-01-08', from: 'A customer', description: 'It was rude.' };
  const { status, body, headers } = await server.as(owner).post(`${program}/complaints`, report);

  expect(status).toBe(201);
  expect(body.ids).toEqual({ complaintId: expect.stringMatching(/^C-/) });
  expect((await server.as(owner).get(headers.location!)).body.data.description).toBe('It was rude.');
  expect((await server.as(other).get(headers.location!)).status).toBe(404);
  const declined = await server.as(owner).post(`${program}/tasks/T-3/decline`, { reason: 'Not mine.' });
  expect(declined.body.task).toMatchObject({ id: 'T-3', assignee: owner });
});
