import { fileURLToPath } from 'node:url';
import { NativeConnection, Worker } from '@temporalio/worker';
import { createActivities } from '../../../activities/index.ts';
import type { Database } from '../../../db/types.ts';

export interface ProgramWorkerOptions {
  address: string;
  database: Database;
  taskQueue: string;
  /** The file with the workflows, from here; the programs themselves when absent. */
  workflows?: string;
}

/** Runs programs on a queue of their own; gives what ends it. */
export async function programWorker(options: ProgramWorkerOptions): Promise<() => Promise<void>> {
  const { address, database, taskQueue, workflows = '../../../workflows/index.ts' } = options;
  const connection = await NativeConnection.connect({ address });
  const worker = await Worker.create({
    connection,
    taskQueue,
    workflowsPath: fileURLToPath(new URL(workflows, import.meta.url)),
    activities: { ...createActivities(database) },
  });
  const running = worker.run();
  return async () => {
    worker.shutdown();
    await running;
    await connection.close();
  };
}
