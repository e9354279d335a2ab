import { randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { expect, inject, onTestFinished, test } from 'vitest';
import { quietRuntime } from '../support/quietRuntime.ts';
import { openStage } from '../workflows/support/stage.ts';

// By itself the SDK stops what is five seconds at one task, and the whole process aborts with it.
test('what takes long at one task takes nobody else with it', async () => {
  quietRuntime('ERROR');
  const stage = await openStage({ address: inject('temporalAddress'), bundle: await bundleOf('slow') });
  onTestFinished(() => stage.close());
  await stage.work();
  const run = (ms: number) =>
    stage.client.workflow.execute('slow', {
      workflowId: `slow/${randomUUID()}`,
      taskQueue: stage.taskQueue,
      workflowTaskTimeout: '30s',
      args: [ms],
    });
  expect(await Promise.all([run(7_000), run(0)])).toEqual(['done', 'done']);
  expect(await run(0)).toBe('done');
});

/** The path of a bundle with the workflows of a fixture. */
async function bundleOf(fixture: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'certloop-slow-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const workflowsPath = fileURLToPath(new URL(`../fixtures/${fixture}.ts`, import.meta.url));
  const { code } = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  const path = join(folder, 'bundle.js');
  await writeFile(path, code);
  return path;
}
