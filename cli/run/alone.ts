import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import { loadSettings, type Settings, settingsWarnings } from '../../config/settings.ts';
import { oldTimeZoneData } from '../../config/timeZoneData.ts';
import { openDatabase } from '../../db/connect.ts';
import type { Database } from '../../db/types.ts';
import { processLog } from './log.ts';
import { type Operations, startOperations, traceTo } from './operations.ts';
import { connectService, Parts } from './parts.ts';
import { untilAskedToStop } from './stop.ts';

type Begin = (
  settings: Settings,
  database: Database,
  client: Client,
  log: Logger,
  parts: Parts,
  operations: Operations,
) => Promise<{ failed: Promise<never> }>;

/** Runs one part of an installation as a process of its own, until it is asked to stop or fails. */
export async function runAlone(part: string, begin: Begin): Promise<void> {
  const settings = loadSettings(process.env);
  const log = processLog(settings).child({ process: part });
  for (const warning of settingsWarnings(process.env)) log.warn(warning);
  const old = oldTimeZoneData(process.versions.tz, new Date());
  if (old) log.warn(old);
  const asked = untilAskedToStop();
  const parts = new Parts();
  try {
    await traceTo(log, part, parts);
    const operations = await startOperations(settings, part, log, parts);
    const database = await openDatabase(settings.databaseUrl);
    parts.add({ stop: () => database.close() });
    const client = await connectService(settings, parts);
    operations.show(database, client);
    const { failed } = await begin(settings, database, client, log, parts, operations);
    operations.begun();
    await Promise.race([asked, failed]);
    log.info('Stopping');
  } finally {
    await parts.stop();
  }
}
