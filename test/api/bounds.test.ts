import { randomUUID } from 'node:crypto';
import { Client, Connection, WorkflowNotFoundError } from '@temporalio/client';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { staticSummaryOf } from '../../api/staticSummary.ts';
import { retries } from '../../config/connection.ts';
import { dataConverter } from '../../config/dataConverter.ts';
import type { DefinitionInput } from '../../domain/program/definition.ts';
import { workflowIdOf } from '../../workflows/messages.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { programWorker } from './support/programWorker.ts';
import { manager, owner, startBody } from './support/story.ts';
import { type Called, type TestServer, testServer } from './support/testServer.ts';

let server: TestServer;
let connection: Connection;
let stopWorker: () => Promise<void>;

beforeAll(async () => {
  quietRuntime();
  const address = inject('temporalAddress');
  const taskQueue = `api-${randomUUID()}`;
  server = await testServer({ address, taskQueue });
  connection = await Connection.connect({ address, interceptors: retries() });
  stopWorker = await programWorker({ address, database: server.database, taskQueue });
});

afterAll(async () => {
  await stopWorker?.();
  await connection?.close();
  await server?.close();
});

const accents = `A${'\u0301'.repeat(1_500)}`;
const chinese = '認'.repeat(200);
const tooLong = (most: number) =>
  expect.stringMatching(new RegExp(`is longer than ${most} characters .*; shorten it\\.$`));

async function start(overrides: Partial<DefinitionInput>): Promise<{ id: string; called: Called }> {
  const id = `p-${randomUUID().slice(0, 8)}`;
  return { id, called: await server.as(manager).post('/v1/programs', { ...startBody(overrides), id }) };
}

const executionOf = (id: string) =>
  new Client({ connection, dataConverter: dataConverter() }).workflow.getHandle(workflowIdOf(id)).describe();

async function mustNotBeThere(id: string): Promise<void> {
  expect(await server.database.register.programIds()).not.toContain(id);
  expect((await server.as('ops@example.org', 'operations').get(`/v1/programs/${id}`)).status).toBe(404);
  await expect(executionOf(id)).rejects.toThrow(WorkflowNotFoundError);
}

const planChange = (id: string, reason: string) =>
  server.as(manager).patch(`/v1/programs/${id}/plan`, { phases: { implementation: 'P6M' }, reason });

async function mustRun(id: string): Promise<void> {
  expect(await executionOf(id)).toMatchObject({ status: { name: 'RUNNING' }, type: 'gapAssessment' });
  expect(await planChange(id, 'A merger')).toMatchObject({ status: 200, body: { program: { id, status: 'planned' } } });
  const plan = (await server.as(manager).get(`/v1/programs/${id}/plan`)).body;
  expect(plan.former).toMatchObject([{ reason: 'A merger' }]);
  expect(await server.database.register.verify(id)).toMatchObject({ ok: true });
}

/** People with names as long as they can be, so that a start with them takes about 900 bytes for each. */
const crowd = (count: number): DefinitionInput['people'] => [
  ...startBody().people,
  ...Array.from({ length: count }, (_, index) => ({
    email: `${'a'.repeat(60)}-${index}@${'b'.repeat(60)}.${'c'.repeat(60)}.example` as const,
    name: chinese,
    roles: ['viewer' as const],
  })),
];

describe('a name', () => {
  test.each(['name', 'organization'] as const)(
    'that is one letter with 1,500 accents is no %s of a program, and nothing is there',
    async (field) => {
      const { id, called } = await start({ [field]: accents });
      expect(called).toMatchObject({
        status: 422,
        body: { code: 'text', detail: tooLong(200), errors: [{ pointer: `/${field}`, detail: tooLong(200) }] },
      });
      await mustNotBeThere(id);
    },
  );

  test('of 201 characters is refused, whatever they are', async () => {
    for (const character of ['x', '認', '\u{1f600}']) {
      const { id, called } = await start({ organization: character.repeat(201) });
      expect(called).toMatchObject({
        status: 422,
        body: { code: 'text', errors: [{ pointer: '/organization', detail: tooLong(200) }] },
      });
      await mustNotBeThere(id);
    }
  });

  test.each([
    ['Chinese characters', chinese],
    ['characters of four bytes', '\u{1f600}'.repeat(200)],
  ])('of 200 %s is taken, of a program and of its organization, and the program runs', async (_, long) => {
    const { id, called } = await start({ name: long, organization: long });
    expect(called).toMatchObject({ status: 201, body: { program: { id, name: long, organization: long } } });
    const summary = await (await executionOf(id)).staticSummary();
    expect(summary).toBe(staticSummaryOf({ name: long, organization: long }));
    await mustRun(id);
  });
});

describe('a text', () => {
  const statement = (length: number) => ({ scope: { statement: '認'.repeat(length) } });

  test('of 10,001 characters is refused with the limit, and nothing is there', async () => {
    const { id, called } = await start(statement(10_001));
    expect(called).toMatchObject({
      status: 422,
      body: {
        code: 'text',
        detail: tooLong(10_000),
        errors: [{ pointer: '/scope/statement', detail: tooLong(10_000) }],
      },
    });
    await mustNotBeThere(id);
  });

  test('of 10,000 characters is taken, and the program runs', async () => {
    const { id, called } = await start(statement(10_000));
    expect(called.status).toBe(201);
    await mustRun(id);
  });

  test('of a command has the same bounds', async () => {
    const { id } = await start({});
    const change = (length: number) => planChange(id, 'e\u0301'.repeat(length / 2));
    expect(await change(10_002)).toMatchObject({
      status: 422,
      body: { code: 'text', detail: tooLong(10_000), errors: [{ pointer: '/reason', detail: tooLong(10_000) }] },
    });
    const commands = [{ type: 'openTask', title: accents, assignee: owner, dueOn: '2030-02-01' }];
    expect(await server.as(manager).post(`/v1/programs/${id}/commands`, { commands })).toMatchObject({
      status: 422,
      body: { code: 'text', errors: [{ pointer: '/commands/0/title', detail: tooLong(200) }] },
    });
    expect((await change(10_000)).status).toBe(200);
  });
});

describe('a start', () => {
  test('of more than 400 KiB is refused as too large, and nothing is there', async () => {
    const { id, called } = await start({ people: crowd(490) });
    expect(called).toMatchObject({ status: 422, body: { code: 'tooLarge' } });
    expect(called.body.detail).toMatch(/ takes \d{6} bytes, more than the 409600 that fit/);
    await mustNotBeThere(id);
  });

  test('of nearly as much is taken, and the program runs', async () => {
    const people = crowd(455);
    expect(Buffer.byteLength(JSON.stringify(people))).toBeGreaterThan(370 * 1_024);
    const { id, called } = await start({ people });
    expect(called.status).toBe(201);
    await mustRun(id);
  });
});
