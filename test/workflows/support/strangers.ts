import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, NativeConnection, Worker } from '@temporalio/worker';
import { inject, onTestFinished } from 'vitest';
import { dataConverter } from '../../../config/dataConverter.ts';

/** Workflows of somebody else, on a worker and a queue of their own, as anybody can have who reaches Temporal. Gives the queue. */
export async function strangersWork(): Promise<string> {
  const connection = await NativeConnection.connect({ address: inject('temporalAddress') });
  const workflowsPath = fileURLToPath(new URL('../../fixtures/strangers.ts', import.meta.url));
  const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  const taskQueue = `strangers-${randomUUID()}`;
  const worker = await Worker.create({ connection, taskQueue, workflowBundle, dataConverter: dataConverter() });
  const stopped = worker.run();
  onTestFinished(async () => {
    worker.shutdown();
    await stopped;
    await connection.close();
  });
  return taskQueue;
}
