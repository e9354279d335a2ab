import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { loadSettings, type Settings } from '../config/settings.ts';
import { openDatabase } from '../db/connect.ts';
import type { Database } from '../db/types.ts';
import { installRuntime } from '../worker/runtime.ts';
import { processLog } from './run/log.ts';
import { connectService, Parts, startApi, startWork } from './run/parts.ts';
import { untilAskedToStop } from './run/stop.ts';

type Begin = (
  settings: Settings,
  database: Database,
  client: Client,
  log: Logger,
  parts: Parts,
) => Promise<{ failed: Promise<never> }>;

/** `certloop api`: the HTTP API alone, against the database and the Temporal service of the settings. */
export function apiCommand(): Promise<void> {
  return runAlone('api', async (settings, database, client, log, parts) => {
    const { url } = await startApi(settings, database, client, log, parts);
    log.info({ url }, 'The API listens');
    return { failed: new Promise<never>(() => undefined) };
  });
}

/** `certloop worker`: a worker and a courier alone. Any number of them share the work. */
export function workerCommand(): Promise<void> {
  return runAlone('worker', async (settings, database, _client, log, parts) => {
    // Of workers only: the runtime ends with its last worker, and would keep a process alive that never has one.
    installRuntime(log);
    if (!settings.smtpUrl) {
      log.warn(
        `CERTLOOP_SMTP_URL is not set: mails go to 127.0.0.1:${settings.smtpPort}, the mailbox of "certloop start".`,
      );
    }
    const work = await startWork(settings, database, log, parts);
    log.info('The worker runs');
    return work;
  });
}

async function runAlone(part: string, begin: Begin): Promise<void> {
  const settings = loadSettings(process.env);
  const log = processLog(settings).child({ process: part });
  const asked = untilAskedToStop();
  const parts = new Parts();
  try {
    const database = await openDatabase(settings.databaseUrl);
    parts.add({ stop: () => database.close() });
    const client = await connectService(settings, parts);
    const { failed } = await begin(settings, database, client, log, parts);
    await Promise.race([asked, failed]);
    log.info('Stopping');
  } finally {
    await parts.stop();
  }
}
