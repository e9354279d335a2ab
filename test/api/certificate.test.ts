import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { quietRuntime } from '../support/quietRuntime.ts';
import { programWorker } from './support/programWorker.ts';
import { manager, startBody } from './support/story.ts';
import { type TestServer, testServer } from './support/testServer.ts';

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
  await server.as(manager).post('/v1/programs', { ...startBody(), id, rehearsal: true });
  program = `/v1/programs/${id}`;
  await server.as(manager).post(`${program}/clock/advance`, { until: '2030-01-08' });
});

afterAll(async () => {
  await stopWorker?.();
  await server?.close();
});

const lead = 'lea@body.example';

describe('commands for a certificate that is not there', () => {
  test.each([
    ['R20', manager, 'certificate/transfer', { to: { name: 'Second Body' }, on: '2030-01-08', reason: 'Nearer' }],
    ['state', lead, 'certificate/reduce-scope', { statement: 'Less', exclusions: 'The chat', reason: 'It fails' }],
    ['state', lead, 'certificate/suspend', { reason: 'A failure', ground: 'failure' }],
    ['state', manager, 'significant-changes', { description: 'Two companies became one' }],
    ['R19', lead, 'audits', { kind: 'special', targetOn: '2030-02-04', occasion: 'complaint', reason: 'There is one' }],
  ])('%s: %s sends %s and is refused with 409', async (code, person, path, body) => {
    expect(await server.as(person).post(`${program}/${path}`, body)).toMatchObject({ status: 409, body: { code } });
  });

  test('what is wrong in itself is told before, and whoever may not is told so', async () => {
    const special = { kind: 'special', targetOn: '2030-02-04', reason: 'There is one' };
    const lacking = await server.as(lead).post(`${program}/audits`, special);
    expect(lacking).toMatchObject({ status: 422, body: { code: 'R19' } });
    const strange = await server.as(lead).post(`${program}/audits`, { ...special, occasion: 'mood' });
    expect(strange.status).toBe(400);
    const empty = await server.as(manager).post(`${program}/certificate/transfer`, { to: {}, reason: 'Nearer' });
    expect(empty.status).toBe(400);
    const reduced = { statement: 'Less', exclusions: 'The chat', reason: 'It fails' };
    expect((await server.as(manager).post(`${program}/certificate/reduce-scope`, reduced)).status).toBe(403);
  });
});
