import { join } from 'node:path';
import type { Logger } from 'pino';
import { withService } from '../../config/connection.ts';
import type { Settings } from '../../config/settings.ts';
import { openDatabase } from '../../db/connect.ts';
import { lockFile } from '../../db/fileLock.ts';
import { startMailbox } from '../../worker/mailbox.ts';
import { startService } from '../../worker/service/embedded.ts';
import { locateProgram } from '../../worker/service/locate.ts';
import { ensureDataDir } from './dataDir.ts';
import { connectService, type Part, Parts, startApi, startWork } from './parts.ts';

/** All of Certloop on one machine, running. */
export interface Installation extends Part {
  url: string;
  /** Undefined when the token's file was removed from the data folder. */
  administratorToken: string | undefined;
  tokenFile: string;
  /** Pages of the embedded Temporal service; undefined with a service of your own. */
  temporalUiUrl: string | undefined;
  mailbox: string;
  /** Rejects when a part that everything rests on ends by itself. */
  failed: Promise<never>;
}

/**
 * Starts everything on this machine: the Temporal service (unless `TEMPORAL_ADDRESS` names one), the database, the local
 * mailbox (unless a mail server is set), the worker, the courier and the API. What was started before a failure is
 * stopped again.
 *
 * @param say - takes progress, a line at a time
 */
export async function startAll(settings: Settings, log: Logger, say: (line: string) => void): Promise<Installation> {
  const parts = new Parts();
  try {
    await holdDataFolder(settings.dataDir, parts);
    const database = await openDatabase(settings.databaseUrl);
    parts.add({ stop: () => database.close() });
    const service = await temporalService(settings, log, say, parts);
    const mailbox = await localMailbox(service.settings, parts);
    const client = await connectService(mailbox.settings, parts);
    const work = await startWork(mailbox.settings, database, log, parts);
    const api = await startApi(mailbox.settings, database, client, log, parts);
    const failed = Promise.race([service.failed, work.failed]);
    failed.catch(() => undefined);
    return { ...api, temporalUiUrl: service.uiUrl, mailbox: mailbox.where, failed, stop: () => parts.stop() };
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

/** Two Temporal services on one database would each undo what the other does, whatever their ports are. */
async function holdDataFolder(dataDir: string, parts: Parts): Promise<void> {
  ensureDataDir(dataDir);
  const lock = await lockFile(join(dataDir, 'certloop.lock'));
  if (!lock) {
    throw new Error(
      `Certloop is already running on the data folder ${dataDir}: stop that one first, or set CERTLOOP_DATA_DIR to a folder ` +
        'of its own for this one.',
    );
  }
  parts.add({ stop: () => lock.release() });
}

async function temporalService(
  settings: Settings,
  log: Logger,
  say: (line: string) => void,
  parts: Parts,
): Promise<{ settings: Settings; uiUrl: string | undefined; failed: Promise<never> }> {
  const never = new Promise<never>(() => undefined);
  if (settings.temporal.address) return { settings, uiUrl: undefined, failed: never };
  const { program } = await locateProgram({ cacheDir: settings.cacheDir, env: process.env, log: say });
  let fail: (reason: Error) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => undefined);
  const service = parts.add(
    await startService({
      program,
      dataDir: settings.dataDir,
      port: settings.temporalPort,
      uiPort: settings.temporalUiPort,
      namespace: settings.temporal.namespace,
      rehearsals: true,
      log: (line) => log.debug({ part: 'temporal-service' }, line),
      onExit: (reason) => fail(new Error(reason)),
    }),
  );
  return { settings: withService(settings, service.address), uiUrl: service.uiUrl, failed };
}

async function localMailbox(settings: Settings, parts: Parts): Promise<{ settings: Settings; where: string }> {
  if (settings.smtpUrl) return { settings, where: new URL(settings.smtpUrl).host };
  const dir = join(settings.dataDir, 'mailbox');
  const { port } = parts.add(await startMailbox({ port: settings.smtpPort, host: '127.0.0.1', dir }));
  return { settings: { ...settings, smtpUrl: `smtp://127.0.0.1:${port}` }, where: dir };
}
