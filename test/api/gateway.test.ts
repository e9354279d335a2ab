import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, inject, test } from 'vitest';
import { defineProgram } from '../../domain/program/define.ts';
import type { Envelope } from '../../domain/registry.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { programWorker } from './support/programWorker.ts';
import { manager, owner, startBody, tellStory } from './support/story.ts';
import { type TestServer, type TestServerOptions, testServer } from './support/testServer.ts';

quietRuntime();

const toClose: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

async function opened(options: TestServerOptions = {}): Promise<TestServer> {
  const server = await testServer(options);
  toClose.push(server.close);
  return server;
}

const command = (): Envelope => ({
  commandId: randomUUID(),
  actor: { email: manager },
  command: { type: 'openTask', title: 'Write the policy', assignee: owner, dueOn: '2030-02-01' },
});

test('a command whose run ended over it is sent again with the same id, and the next run answers it', async () => {
  const address = inject('temporalAddress');
  const taskQueue = `api-${randomUUID()}`;
  const server = await opened({ address, taskQueue });
  const workflows = '../../fixtures/hastyPrograms.ts';
  toClose.push(await programWorker({ address, database: server.database, taskQueue, workflows }));
  const id = `p-${randomUUID()}`;
  // This program records nothing, so its start ends in a refusal when it already runs.
  const definition = defineProgram({ ...startBody(), id });
  await expect(server.gateway.start(definition, { email: manager }, randomUUID())).rejects.toThrow(id);

  const envelope = command();
  expect(await server.gateway.command(id, envelope)).toMatchObject({ commandId: envelope.commandId, firstSeq: 2 });
});

describe('while Temporal cannot be reached', () => {
  test('commands are answered 503 with the time to ask again, and reading goes on', async () => {
    const server = await opened();
    await tellStory(server.database, { id: 'alpha' });
    const before = Date.now();
    const called = await server.as(manager).post('/v1/programs/alpha/pause', { reason: 'Holidays' });

    expect(called).toMatchObject({ status: 503, body: { code: 'unavailable' } });
    expect(Number(called.headers['retry-after'])).toBeGreaterThan(0);
    expect(Date.now() - before).toBeLessThan(10_000);
    expect((await server.as(manager).get('/v1/programs/alpha')).status).toBe(200);
  });

  test('programs are not started, and the service says that it is not ready', async () => {
    const server = await opened();
    const headers = { 'idempotency-key': randomUUID() };

    expect((await server.as(manager).post('/v1/programs', startBody(), headers)).status).toBe(503);
    // No answer was kept: the key may still lead to one.
    expect((await server.as(manager).post('/v1/programs', startBody(), headers)).status).toBe(503);
    const ready = await server.app.inject({ url: '/readyz' });
    expect(ready.statusCode).toBe(503);
    expect(ready.json()).toMatchObject({ database: 'ok', temporal: 'unavailable' });
    expect((await server.app.inject({ url: '/healthz' })).statusCode).toBe(200);
  });
});

test('while no worker runs, a command waits; with the next worker it is carried out', async () => {
  const address = inject('temporalAddress');
  const taskQueue = `api-${randomUUID()}`;
  const server = await opened({ address, taskQueue });
  const waiting = server.as(manager).post('/v1/programs', startBody({ id: `p-${randomUUID()}` }));
  await new Promise((resolve) => setTimeout(resolve, 500));
  toClose.push(await programWorker({ address, database: server.database, taskQueue }));

  expect((await waiting).status).toBe(201);
});

test('while the database cannot be reached, calls are answered 503', async () => {
  const server = await opened();
  const caller = server.as(manager);
  await caller.token();
  await server.database.close();
  const called = await caller.get('/v1/programs');

  expect(called).toMatchObject({ status: 503, body: { code: 'unavailable' } });
  expect((await server.app.inject({ url: '/readyz' })).json()).toMatchObject({ database: 'unavailable' });
});
