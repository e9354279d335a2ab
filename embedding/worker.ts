import { encryptionKeys, signingKeysOf } from '../config/connection.ts';
import type { Settings } from '../config/settings.ts';
import type { Database } from '../db/types.ts';
import { programsInMemory } from '../worker/cache.ts';
import { connectWorker } from '../worker/connection.ts';
import { type OwnActivities, type RunningWorker, startWorker } from '../worker/worker.ts';

export { createActivities } from '../activities/index.ts';
export { loadSettings, type Settings, SettingsError } from '../config/settings.ts';
export { openDatabase } from '../db/connect.ts';
export type { OwnActivities, RunningWorker } from '../worker/worker.ts';

/** What a worker of somebody else's process is made of. */
export interface EmbeddedWorkerOptions {
  settings: Settings;
  database: Database;
  /** Activities beside those of programs, by their names, on the same queue. */
  activities?: OwnActivities;
  /** Path of a bundle of workflows with others beside those of programs (`certloop/workflows`); the built one when absent. */
  bundle?: string;
}

/**
 * `certloop/worker`: a worker that runs programs, and activities of yours. It sends no mails: `certloop worker` has the courier. Install
 * Temporal's runtime (`Runtime.install`) before, where its defaults are not yours.
 *
 * @throws Error when an activity has the name of one of Certloop's, or the service cannot be reached
 */
export async function runWorker({ settings, database, ...more }: EmbeddedWorkerOptions): Promise<RunningWorker> {
  const connection = await connectWorker(settings);
  const { buildId, temporal } = settings;
  const maxCachedWorkflows = settings.maxCachedWorkflows ?? programsInMemory();
  const { namespace } = temporal;
  const keys = { keys: signingKeysOf(settings).keys, encryption: encryptionKeys(settings) };
  try {
    const worker = await startWorker({
      connection,
      namespace,
      database,
      ...keys,
      maxCachedWorkflows,
      buildId,
      ...more,
    });
    return { ...worker, stop: () => worker.stop().finally(() => connection.close()) };
  } catch (error) {
    await connection.close();
    throw error;
  }
}
