import { fileURLToPath } from 'node:url';
import {
  bundleWorkflowCode,
  DefaultLogger,
  NativeConnection,
  Worker,
  type WorkflowBundleWithSourceMap,
} from '@temporalio/worker';
import { inject } from 'vitest';
import { createActivities } from '../../../activities/index.ts';
import { dataConverter } from '../../../config/dataConverter.ts';
import type { Database } from '../../../db/types.ts';
import { keys } from '../../support/keys.ts';

export interface ProgramWorkerOptions {
  address: string;
  database: Database;
  taskQueue: string;
  /** The file with other workflows, from here, which are bundled then; the programs themselves when absent. */
  workflows?: string;
}

/** Runs programs on a queue of their own; gives what ends it. */
export async function programWorker(options: ProgramWorkerOptions): Promise<() => Promise<void>> {
  const { address, database, taskQueue, workflows } = options;
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowBundle: workflows === undefined ? { codePath: inject('workflowBundle') } : await bundled(workflows),
    activities: { ...createActivities(database, keys) },
    dataConverter: dataConverter({ signing: keys }),
  });
  const running = worker.run();
  return async () => {
    worker.shutdown();
    await running;
    await connection.close();
  };
}

function bundled(workflows: string): Promise<WorkflowBundleWithSourceMap> {
  return bundleWorkflowCode({
    workflowsPath: pathOf(workflows),
    payloadConverterPath: pathOf('../../../workflows/payloads.ts'),
    logger: new DefaultLogger('ERROR'),
  });
}

function pathOf(file: string): string {
  return fileURLToPath(new URL(file, import.meta.url));
}
