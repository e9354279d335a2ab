import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { restoreAll } from '../../cli/restore.ts';
import { retries } from '../../config/connection.ts';
import { dataConverter } from '../../config/dataConverter.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { keys } from '../support/keys.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { programWorker } from './support/programWorker.ts';
import { begun, manager, owner, tellStory } from './support/story.ts';
import { type TestServer, testServer } from './support/testServer.ts';

quietRuntime();

const id = `again-${randomUUID().slice(0, 8)}`;
const [first, second, third] = [randomUUID(), randomUUID(), randomUUID()] as const;
const open = { type: 'openTask', title: 'Write the policy', assignee: owner, dueOn: '2030-02-01' } as const;
const pause = { type: 'pause', reason: 'Holidays.' } as const;

let server: TestServer;
let connection: Connection;
let stopWorker: () => Promise<void>;

// Recorded by an execution that is gone, and whose answers went with it: the register alone knows of them.
beforeAll(async () => {
  const address = inject('temporalAddress');
  const taskQueue = `again-${randomUUID()}`;
  server = await testServer({ address, taskQueue });
  connection = await Connection.connect({ address, interceptors: retries() });
  await tellStory(server.database, { id, rehearsal: true }, [
    ...begun,
    { command: open, actor: manager, commandId: first },
    { command: pause, actor: manager, commandId: second },
    { command: { type: 'resume', reason: 'Over.' }, actor: manager },
    { command: pause, actor: manager, commandId: third },
  ]);
  stopWorker = await programWorker({ address, database: server.database, taskQueue });
  for await (const { outcome } of restoreAll(
    new Client({ connection, dataConverter: dataConverter() }),
    server.database,
    keys,
    taskQueue,
  ))
    expect(outcome).toBe('restored');
}, 120_000);

afterAll(async () => {
  await new Client({ connection, dataConverter: dataConverter() }).workflow.getHandle(`program/${id}`).terminate();
  await stopWorker?.();
  await connection?.close();
  await server?.close();
});

const again = (commandId: string, commands: UserCommand[]) =>
  server.gateway.bulk(id, { commandId, actor: { email: manager }, commands, atomic: false });

test('a bulk call that is asked again after its answer is gone says what was recorded, though all of it is refused by now', async () => {
  const answer = await again(third, [pause, { type: 'reassignTask', taskId: 'T-99', to: owner }]);
  const recorded = await server.database.register.command(id, third);
  expect(answer).toMatchObject({ commandId: third, firstSeq: recorded![0]!.seq, lastSeq: recorded!.at(-1)!.seq });
  expect(answer.results).toMatchObject([{ ok: true }, { ok: false, rejection: { code: 'unrecorded' } }]);
});

test('and what would be done by now is not said to be done', async () => {
  const { seq } = await server.gateway.settle(id);
  const answer = await again(second, [pause, open]);
  expect(answer.results).toMatchObject([{ ok: true }, { ok: false, rejection: { code: 'unrecorded' } }]);
  expect((await server.gateway.settle(id)).seq).toBe(seq);
});

test('what it created is named again, and nothing is created twice', async () => {
  const answer = await again(first, [open]);
  expect(answer.results).toEqual([{ ok: true, ids: { taskId: 'T-2' }, warnings: [] }]);
  const { items } = await server.database.read.tasks(id, { now: '2030-01-07T13:00:00.000Z' }, { limit: 10 });
  expect(items.filter(({ title }) => title === open.title)).toHaveLength(1);
});
