import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection, WorkflowFailedError } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { falls, forgets, waits } from '../fixtures/stumblers.ts';
import { quietRuntime } from '../support/quietRuntime.ts';

const taskQueue = `stumblers-${randomUUID()}`;
const pathOf = (file: string) => fileURLToPath(new URL(file, import.meta.url));
const closing: (() => Promise<unknown>)[] = [];
let client: Client;

beforeAll(async () => {
  quietRuntime('ERROR');
  const address = inject('temporalAddress');
  const connection = await Connection.connect({ address });
  client = new Client({ connection });
  const workflowBundle = await bundleWorkflowCode({
    workflowsPath: pathOf('../fixtures/stumblers.ts'),
    preloadModules: [pathOf('../../workflows/stackTraces.ts')],
    logger: new DefaultLogger('ERROR'),
  });
  const native = await NativeConnection.connect({ address });
  const worker = await Worker.create({ connection: native, taskQueue, workflowBundle });
  const running = worker.run();
  closing.push(
    async () => {
      worker.shutdown();
      await running;
    },
    () => native.close(),
    () => connection.close(),
  );
});

afterAll(async () => {
  for (const close of closing) await close();
});

test('no trace is kept of the promises that a workflow waits for', async () => {
  const handle = await client.workflow.start<typeof waits>('waits', { taskQueue, workflowId: `waits-${randomUUID()}` });
  expect(await handle.query<string>('__stack_trace')).toBe('');
  await handle.terminate();
});

test('an error has its trace, deeper than four frames, with the files that it was written in', async () => {
  const handle = await client.workflow.start<typeof falls>('falls', { taskQueue, workflowId: `falls-${randomUUID()}` });
  const failed = await handle.result().catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(WorkflowFailedError);
  const { stack = '' } = (failed as WorkflowFailedError).cause!;
  expect(stack.match(/at deep \(.*stumblers\.ts:\d+/g)!.length).toBeGreaterThan(4);
});

test('a promise that fails unseen fails a task of its own workflow, and the worker goes on', async () => {
  const workflowId = `forgets-${randomUUID()}`;
  const handle = await client.workflow.start<typeof forgets>('forgets', { taskQueue, workflowId });
  await expect.poll(async () => (await handle.describe()).raw.pendingWorkflowTask?.attempt ?? 0).toBeGreaterThan(1);
  const { events } = await handle.fetchHistory();
  const failures = events!.flatMap((event) => event.workflowTaskFailedEventAttributes?.failure?.message ?? []);
  expect(failures.join()).toContain('nobody looked');
  await handle.terminate();

  const other = await client.workflow.start<typeof waits>('waits', { taskQueue, workflowId: `waits-${randomUUID()}` });
  expect(await other.query<string>('__stack_trace')).toBe('');
  await other.terminate();
});
