import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { quietRuntime } from '../support/quietRuntime.ts';
import { beginningNow, manager } from '../workflows/support/people.ts';
import { openStage, type Stage } from '../workflows/support/stage.ts';

const address = inject('temporalAddress');
const bundle = inject('workflowBundle');
let stage: Stage;

beforeAll(async () => {
  quietRuntime('ERROR');
  stage = await openStage({ address, bundle });
});

afterAll(() => stage?.close());

test('a worker whose commit waits for a database that is away stops all the same, and nothing is lost', async () => {
  const first = await stage.work();
  const program = await stage.start(beginningNow());
  const { length: recorded } = await program.records();
  await first.stop();
  const script = join(import.meta.dirname, '../fixtures/stuck-worker.mjs');
  const args = [script, address, stage.taskQueue, bundle, stage.databaseUrl];
  const stuck = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  onTestFinished(() => void stuck.kill('SIGKILL'));
  const exit = once(stuck, 'exit');
  await once(stuck.stdout, 'data');
  const ask = () => program.send(manager, { type: 'pause', reason: 'While the database is away' }, 'away');
  const asked = ask().catch((error: unknown) => error);
  await expect.poll(async () => (await program.handle.describe()).raw.pendingWorkflowTask).toBeTruthy();

  stuck.kill('SIGTERM');
  expect(await exit).toEqual([0, null]);

  await stage.work();
  await asked;
  expect(await ask()).toMatchObject({ firstSeq: recorded + 1 });
}, 150_000);
