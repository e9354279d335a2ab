import { join } from 'node:path';
import type { Logger } from 'pino';
import { administratorEmail, isUnclaimed } from '../../api/administrator.ts';
import { withService } from '../../config/connection.ts';
import type { Settings } from '../../config/settings.ts';
import { openDatabase } from '../../db/connect.ts';
import { lockFile } from '../../db/fileLock.ts';
import { measured } from '../../operations/measured.ts';
import { startMailbox } from '../../worker/mailbox.ts';
import { startService } from '../../worker/service/embedded.ts';
import { locateProgram } from '../../worker/service/locate.ts';
import { linkFor } from '../signIn.ts';
import { type RunningApi, startApi } from './api.ts';
import { ensureDataDir } from './dataDir.ts';
import { startOperations, traceTo } from './operations.ts';
import { connectService, type Part, Parts } from './parts.ts';
import { startWork } from './work.ts';

/** All of Certloop on one machine, running. */
export interface Installation extends Part, RunningApi {
  /** Signs in the administrator of the first start; undefined once somebody said who they are. */
  signInLink: string | undefined;
  /** Pages of the embedded Temporal service, where its settings ask for them. */
  temporalUiUrl: string | undefined;
  mailbox: string;
  /** Of `/metrics` and `/readyz`; undefined where the port was taken. */
  operationsUrl: string | undefined;
  /** Rejects when a part that everything rests on ends by itself. */
  failed: Promise<never>;
}

/**
 * Starts everything on this machine: the Temporal service (unless `TEMPORAL_ADDRESS` names one), the database, the local
 * mailbox (unless a mail server is set), the worker, the courier and the API. What was started before a failure is
 * stopped again.
 *
 * @param say - takes progress, a line at a time
 * @param bundle - path of the workflow bundle; the built one when absent
 */
export async function startAll(
  settings: Settings,
  log: Logger,
  say: (line: string) => void,
  bundle?: string,
): Promise<Installation> {
  const parts = new Parts();
  try {
    const open = await holdDataFolder(settings.dataDir, parts);
    if (open) {
      log.warn(open);
      say(`Warning: ${open}`);
    }
    await traceTo(log, 'all', parts);
    const operations = await startOperations(settings, 'all', log, parts);
    const { metrics } = operations;
    const database = await openDatabase(settings.databaseUrl);
    parts.add({ stop: () => database.close() });
    const service = await temporalService(settings, log, say, parts);
    const mailbox = await localMailbox(service.settings, parts);
    const client = await connectService(mailbox.settings, parts);
    operations.show(database, client);
    const own = measured(database, metrics);
    const work = await startWork(mailbox.settings, own.database, log, parts, bundle);
    const api = await startApi(mailbox.settings, database, client, log, parts, {
      metrics,
      mailboxDir: mailbox.dir,
      example: true,
    });
    operations.watch(...api.checks, work.check, own.courier);
    operations.begun();
    const signInLink = (await isUnclaimed(database))
      ? (await linkFor(database, administratorEmail, api.publicUrl)).link
      : undefined;
    const failed = Promise.race([service.failed, work.failed]);
    failed.catch(() => undefined);
    return {
      ...api,
      signInLink,
      temporalUiUrl: service.uiUrl,
      mailbox: mailbox.where,
      operationsUrl: operations.url,
      failed,
      stop: () => parts.stop(),
    };
  } catch (error) {
    await parts.stop();
    throw error;
  }
}

/**
 * Two Temporal services on one database would each undo what the other does, whatever their ports are. Gives what to warn of, where
 * others can get at the folder.
 */
async function holdDataFolder(dataDir: string, parts: Parts): Promise<string | undefined> {
  const open = ensureDataDir(dataDir);
  const lock = await lockFile(join(dataDir, 'certloop.lock'));
  if (!lock) {
    throw new Error(
      `Certloop is already running on the data folder ${dataDir}: stop that one first, or set CERTLOOP_DATA_DIR to a folder ` +
        'of its own for this one.',
    );
  }
  parts.add({ stop: () => lock.release() });
  return open;
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

async function localMailbox(
  settings: Settings,
  parts: Parts,
): Promise<{ settings: Settings; where: string; dir?: string }> {
  if (settings.smtpUrl) return { settings, where: new URL(settings.smtpUrl).host };
  const dir = join(settings.dataDir, 'mailbox');
  const { port } = parts.add(await startMailbox({ port: settings.smtpPort, host: '127.0.0.1', dir }));
  return { settings: { ...settings, smtpPort: port }, where: dir, dir };
}
