import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadSettings, type Settings } from '../../config/settings.ts';
import { installRuntime } from '../../worker/runtime.ts';
import { fileLog } from './log.ts';
import { startAll } from './startAll.ts';

/** How the API of a service is reached. */
export interface Service {
  url: string;
  administratorToken: string;
}

/**
 * Runs a service in a temporary folder, on free ports, for as long as `use` takes. When that fails the folder is left,
 * because the log is in it.
 *
 * @param say - takes what is done to start it, a line at a time
 */
export async function withOwnService<T>(
  use: (service: Service) => Promise<T>,
  say: (line: string) => void,
): Promise<T> {
  const dataDir = await mkdtemp(join(tmpdir(), 'certloop-rehearsal-'));
  try {
    const result = await runIn(dataDir, use, say);
    await rm(dataDir, { recursive: true, force: true });
    return result;
  } catch (error) {
    say(`The log and the data of this rehearsal are in ${dataDir}.`);
    throw error;
  }
}

async function runIn<T>(
  dataDir: string,
  use: (service: Service) => Promise<T>,
  say: (line: string) => void,
): Promise<T> {
  const settings = ownSettings(dataDir);
  const { log } = fileLog(settings);
  installRuntime(log);
  const service = await startAll(settings, log, say);
  try {
    const { url, administratorToken } = service;
    return await Promise.race([use({ url, administratorToken: administratorToken as string }), service.failed]);
  } finally {
    await service.stop();
  }
}

/**
 * Settings that share nothing with an installation: where the environment names a Temporal service, a database or a mail
 * server, a rehearsal on its own must not touch them.
 */
function ownSettings(dataDir: string): Settings {
  const { CERTLOOP_CACHE_DIR, XDG_CACHE_HOME, HOME } = process.env;
  const settings = loadSettings(
    { CERTLOOP_CACHE_DIR, XDG_CACHE_HOME, HOME },
    { dataDir, port: 0, metricsPort: 0, temporalPort: 0, smtpPort: 0, logLevel: 'warn' },
  );
  return { ...settings, temporal: { address: null, namespace: 'default', connectionOptions: {} } };
}
