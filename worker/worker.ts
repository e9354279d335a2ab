import { type NativeConnection, Worker } from '@temporalio/worker';
import { createActivities } from '../activities/index.ts';
import { dataConverter } from '../config/dataConverter.ts';
import type { EncryptionKeys } from '../config/encryption.ts';
import { isTracing } from '../db/tracing.ts';
import type { Database } from '../db/types.ts';
import { byWorker } from '../signing/flaws.ts';
import type { SigningKeys } from '../signing/keys.ts';
import { failureConverter } from '../workflows/failures.ts';
import { taskQueue as programs } from '../workflows/messages.ts';
import { builtBundle } from './bundle.ts';
import { deployment } from './deployment.ts';
import { tracedActivities, traceSinks } from './traced.ts';

/**
 * How long a task waits for the worker that has its program in memory, before any takes it: that long people wait for programs
 * whose worker was killed. Not shorter, or what is only busy would be replayed elsewhere, and be busier yet.
 */
const stickyFor = '3s';

/**
 * How long a program may be at one task before the SDK stops it. That ends the whole process, with the work of all other programs,
 * and each worker that takes the task next: what only takes long is better left to its end. The SDK takes it, and
 * does not name it among its options.
 */
const patience = { isolateExecutionTimeout: '10m' };

/** Activities of whoever embeds a worker, by their names. */
export type OwnActivities = Record<string, (...args: never[]) => Promise<unknown>>;

export interface WorkerOptions {
  connection: NativeConnection;
  namespace: string;
  database: Database;
  /** What commands to programs are signed with. */
  keys: SigningKeys;
  /** What Temporal keeps is encrypted with; as it is when absent. */
  encryption?: EncryptionKeys;
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
  /** Activities beside those of programs, where the worker is embedded. */
  activities?: OwnActivities;
}

export interface RunningWorker {
  /** The SDK's word for what the worker does: `RUNNING`, `DRAINING`, `STOPPED`, … */
  state(): string;
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
  const {
    connection,
    namespace,
    database,
    keys,
    encryption,
    maxCachedWorkflows,
    buildId,
    taskQueue = programs,
  } = options;
  const { deploymentName = deployment } = options;
  const worker = await Worker.create({
    connection,
    namespace,
    taskQueue,
    workflowBundle: { codePath: options.bundle ?? builtBundle() },
    activities: withOwn({ ...createActivities(database, keys) }, options.activities),
    maxCachedWorkflows,
    sinks: traceSinks,
    ...(isTracing() && { interceptors: { activity: [tracedActivities] } }),
    stickyQueueScheduleToStartTimeout: stickyFor,
    ...patience,
    dataConverter: dataConverter({ signing: keys, encryption }),
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
  // By a path, as the SDK takes it, the converter would be loaded with require(), which reads no TypeScript.
  if (encryption) worker.options.loadedDataConverter.failureConverter = failureConverter;
  const stopped = worker.run();
  return {
    state: () => worker.getState(),
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

/** An activity under a name of ours would be what commits. */
function withOwn<Ours extends object>(ours: Ours, own: OwnActivities = {}): Ours & OwnActivities {
  const taken = Object.keys(own).find((name) => name in ours);
  if (taken) throw new Error(`Certloop itself has an activity "${taken}": give yours another name.`);
  const theirs = Object.entries(own).map(([name, activity]) => [name, neverSigning(name, activity)]);
  return { ...Object.fromEntries(theirs), ...ours };
}

/** What an activity of somebody else's gives back is written by the same converter, which signs for workflows. */
function neverSigning(name: string, activity: OwnActivities[string]): OwnActivities[string] {
  return async (...given) => {
    if (JSON.stringify(given).includes(byWorker)) throw new Error(`${name} was asked to have something signed.`);
    return activity(...given);
  };
}
