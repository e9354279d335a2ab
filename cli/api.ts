import { runAlone } from './run/alone.ts';
import { startApi } from './run/api.ts';
import { courierOf } from './run/courier.ts';
import { closeDataDir } from './run/dataDir.ts';

/**
 * `certloop api`: the HTTP API alone, against the database and the Temporal service of the settings. It sends sign-in codes itself, so
 * it reaches the mail server, and has a deputy courier for when every other one hangs or is cut off.
 */
export function apiCommand(): Promise<void> {
  return runAlone('api', async (settings, database, client, log, parts, { metrics, watch }) => {
    const open = closeDataDir(settings.dataDir);
    if (open) log.warn(open);
    const { url, checks } = await startApi(settings, database, client, log, parts, { metrics });
    if (settings.smtpUrl) parts.add(await courierOf(settings, database, log, true)).start();
    watch(...checks);
    log.info({ url }, 'The API listens');
    return { failed: new Promise<never>(() => undefined) };
  });
}
