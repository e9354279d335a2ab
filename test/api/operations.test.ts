import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { Instant } from '../../domain/basics.ts';
import { addDatabaseGauges } from '../../operations/databaseGauges.ts';
import { Metrics } from '../../operations/metrics.ts';
import { aCommit, aProgram } from '../support/builders.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { programWorker } from './support/programWorker.ts';
import { begun, manager, owner, startBody, tellStory } from './support/story.ts';
import { type TestServer, testServer } from './support/testServer.ts';

let server: TestServer;
const metrics = new Metrics({ part: 'api', version: '0.0.0' });
const address = inject('temporalAddress');
const taskQueue = `api-${randomUUID()}`;

beforeAll(async () => {
  quietRuntime();
  server = await testServer({ metrics, address, taskQueue });
  addDatabaseGauges(metrics, server.database, 24);
  await tellStory(server.database, { id: 'alpha' }, begun);
  await tellStory(server.database, { id: 'beta' });
  for (const [seq, phase] of (['implementation', 'internalAudit'] as const).entries())
    await server.database.register.append(aCommit('gamma', seq, { rows: { program: aProgram('gamma', { phase }) } }));
});

afterAll(() => server?.close());

test('metrics tell programs by phase, mails that wait, and how long requests took by route', async () => {
  await server.as(manager).get('/v1/programs/alpha');
  await server.as(manager).get('/v1/programs/omega');
  await server.app.inject({ url: '/nowhere/at/all' });
  const told = await metrics.text();

  expect(told).toContain('certloop_programs{phase="gapAssessment"} 2');
  expect(told).toContain('certloop_programs{phase="implementation"} 0');
  expect(told).toContain('certloop_programs{phase="internalAudit"} 1');
  expect(told).toContain('certloop_programs{phase="closed"} 0');
  expect(told).toMatch(/certloop_mails\{state="due"\} \d+/);
  expect(told).toMatch(/^certloop_oldest_unsent_mail_seconds \d/m);
  expect(told).toMatch(/^certloop_programs_late \d/m);
  expect(told).toMatch(/^certloop_database_connections\{state="waiting"\} 0$/m);
  const count = 'certloop_http_request_duration_seconds_count';
  expect(told).toContain(`${count}{method="GET",route="/v1/programs/:programId",status="200"} 1`);
  expect(told).toContain(`${count}{method="GET",route="/v1/programs/:programId",status="404"} 1`);
  // One series for all that is not there: an address is not a label.
  expect(told).toContain(`${count}{method="GET",route="none",status="404"} 1`);
});

test('metrics are for the port of operations alone, and name nobody', async () => {
  expect((await server.app.inject({ url: '/metrics' })).statusCode).toBe(404);
  expect(await metrics.text()).not.toMatch(/@|alpha|beta|gamma/);
});

test('a checkpoint that is due, or not written, is late', async () => {
  const { checkpoints } = server.database;
  const late = async () => Number(/^certloop_checkpoint_late_seconds (\S+)$/m.exec(await metrics.text())?.[1]);
  const ago = (hours: number) => new Date(Date.now() - hours * 3_600_000).toISOString() as Instant;
  await checkpoints.add({ number: 1, madeAt: ago(25), text: '{}' });
  expect(Math.round((await late()) / 3_600)).toBe(25);
  await checkpoints.written(1, ago(25));
  expect(Math.round((await late()) / 3_600)).toBe(1);
  await checkpoints.add({ number: 2, madeAt: ago(1), text: '{}' });
  await checkpoints.written(2, ago(1));
  expect(await late()).toBe(0);
});

test('while nobody works, the service says so, and is still there for those who read', async () => {
  await readyAs({ status: 'degraded', database: 'ok', temporal: 'ok', workers: 'none' });
});

test('commands are counted by type and by what came of them, and refusals by their code', async () => {
  const stop = await programWorker({ address, database: server.database, taskQueue });
  try {
    const id = `p-${randomUUID()}`;
    const as = server.as(manager);
    expect((await as.post('/v1/programs', startBody({ id }))).status).toBe(201);
    const task = { title: 'Write the policy', assignee: owner, dueOn: '2030-02-01' };
    expect((await as.post(`/v1/programs/${id}/tasks`, task)).status).toBe(201);
    const refused = await as.post(`/v1/programs/${id}/pause`, { reason: 'Holidays' });
    expect(refused.status).toBe(409);
    const told = await metrics.text();

    expect(told).toContain('certloop_commands_total{type="start",outcome="recorded"} 1');
    expect(told).toContain('certloop_commands_total{type="openTask",outcome="recorded"} 1');
    expect(told).toContain('certloop_commands_total{type="pause",outcome="refused"} 1');
    expect(told).toContain(`certloop_refusals_total{code="${refused.body.code}"} 1`);
    await readyAs({ status: 'ok', database: 'ok', temporal: 'ok', workers: 'ok' });
  } finally {
    await stop();
  }
});

/** The service may be a moment late to know who works, and the connection to it to be there. */
async function readyAs(said: object): Promise<void> {
  const ready = async () => {
    const response = await server.app.inject({ url: '/readyz' });
    return { status: response.statusCode, said: response.json() };
  };
  await expect.poll(ready).toEqual({ status: 200, said });
}
