import { type NativeConnection, Worker } from '@temporalio/worker';
import { createActivities } from '../activities/index.ts';
import type { Database } from '../db/types.ts';
import { taskQueue as programs } from '../workflows/messages.ts';
import { builtBundle } from './bundle.ts';
import { deployment } from './deployment.ts';

export interface WorkerOptions {
  connection: NativeConnection;
  namespace: string;
  database: Database;
  /** How many programs stay in memory; each beyond is replayed from its history when something happens to it. */
  maxCachedWorkflows: number;
  /** Path of the workflow bundle; the built one when absent. */
  bundle?: string;
  /** The version of this worker; when absent, every worker takes every program. */
  buildId?: string | null;
  /** The deployment that the version belongs to; the one of `upgrade` when absent. */
  deploymentName?: string;
  /** The queue to work on; the one on which programs live when absent. */
  taskQueue?: string;
}

export interface RunningWorker {
  /**
   * Lets what is running end, then stops. What has not ended after fifteen seconds, as a commit that waits for its database,
   * is left where it is: Temporal gives it to the next worker.
   */
  stop(): Promise<void>;
  /** Settles when the worker has stopped; rejects when it failed. */
  stopped: Promise<void>;
}

/** Starts a worker that runs programs: their workflows, and the activities that keep the register. */
export async function startWorker(options: WorkerOptions): Promise<RunningWorker> {
  const { connection, namespace, database, maxCachedWorkflows, buildId, taskQueue = programs } = options;
  const { deploymentName = deployment } = options;
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle: { codePath: options.bundle ?? builtBundle() },
    activities: { ...createActivities(database) },
    maxCachedWorkflows,
    ...(buildId && {
      workerDeploymentOptions: {
        useWorkerVersioning: true,
        version: { deploymentName, buildId },
        // A program is moved to another version where it begins a new run, and nowhere else.
        defaultVersioningBehavior: 'PINNED',
      },
    }),
    shutdownGraceTime: '5s',
    shutdownForceTime: '15s',
  });
  const stopped = worker.run();
  return {
    stopped,
    stop: async () => {
      const asked = worker.getState() === 'RUNNING';
      if (asked) worker.shutdown();
      await stopped.catch((error: unknown) => {
        // Ended by force, which the SDK has logged and tells by whatever it was at.
        if (!asked || worker.getState() !== 'FAILED') throw error;
      });
    },
  };
}
