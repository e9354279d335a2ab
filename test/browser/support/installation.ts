import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import PostalMime, { type Email } from 'postal-mime';
import { type Installation, startAll } from '../../../cli/run/startAll.ts';
import { linkFor } from '../../../cli/signIn.ts';
import { loadSettings, type SettingsOverrides } from '../../../config/settings.ts';
import { openExistingDatabase } from '../../../db/connect.ts';
import type { Database } from '../../../db/types.ts';
import { anyFreePort } from '../../../worker/service/ports.ts';
import { quietRuntime } from '../../support/quietRuntime.ts';
import type { Window } from './page.ts';

/** All of Certloop in this process, for browsers: Temporal, worker, courier, mailbox, API and pages. */
export interface TestInstallation extends Installation {
  /** Where browsers reach it: by a name, for passkeys belong to a name. */
  url: string;
  administratorToken: string;
  dataDir: string;
  /** Does something with the database beside the service. */
  withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T>;
  /** Signs somebody in in a window, by a link as `certloop sign-in` prints it. */
  signIn(window: Window, email: string): Promise<void>;
  /** The mails in the local mailbox, oldest first; of one person when asked for. */
  mails(to?: string): Promise<Email[]>;
}

/**
 * Starts an installation on a folder and ports of its own. One for each test file is enough; stop it when done.
 *
 * @param bundle path of the workflow bundle, `inject('workflowBundle')` in tests; the built one when absent
 * @param overrides settings that are not the usual ones, such as those of an identity provider
 */
export async function startInstallation(bundle?: string, overrides: SettingsOverrides = {}): Promise<TestInstallation> {
  quietRuntime('ERROR');
  const dataDir = await mkdtemp(join(tmpdir(), 'certloop-browser-'));
  const port = await anyFreePort();
  const url = `http://localhost:${port}`;
  const { HOME, XDG_CACHE_HOME, CERTLOOP_CACHE_DIR } = process.env;
  const free = { port, publicUrl: url, metricsPort: 0, temporalPort: 0, smtpPort: 0, courierSeconds: 0.2 };
  const settings = loadSettings({ HOME, XDG_CACHE_HOME, CERTLOOP_CACHE_DIR }, { dataDir, ...free, ...overrides });
  const remove = () => rm(dataDir, { recursive: true, force: true });
  const log = pino({ level: process.env.CERTLOOP_TEST_LOG ?? 'silent' });
  const installation = await startAll(settings, log, () => undefined, bundle).catch(async (error: unknown) => {
    await remove();
    throw error;
  });
  return {
    ...installation,
    url,
    administratorToken: installation.administratorToken as string,
    dataDir,
    withDatabase: (work) => withDatabase(settings.databaseUrl, work),
    signIn: ({ page }, email) =>
      withDatabase(settings.databaseUrl, async (database) => {
        await page.goto((await linkFor(database, email, url)).link);
      }),
    mails: (to) => mailsIn(join(dataDir, 'mailbox'), to),
    async stop() {
      await installation.stop();
      await remove();
    },
  };
}

async function withDatabase<T>(url: string, work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openExistingDatabase(url);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}

async function mailsIn(folder: string, to: string | undefined): Promise<Email[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.eml'));
  const mails = await Promise.all(names.map(async (name) => PostalMime.parse(await readFile(join(folder, name)))));
  const wanted = to === undefined ? mails : mails.filter((mail) => mail.to?.some(({ address }) => address === to));
  return wanted.sort((one, other) => (one.date ?? '').localeCompare(other.date ?? ''));
}
