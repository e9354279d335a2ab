import type { Logger } from 'pino';
import { type Courier, createCourier } from '../../activities/courier.ts';
import type { Settings } from '../../config/settings.ts';
import type { Database } from '../../db/types.ts';
import { personalPages } from '../../identity/mailPages.ts';
import { smtpUrlOf } from './postman.ts';

/** How often a deputy looks whether it is needed, in milliseconds. */
const deputyIntervalMs = 60_000;

/** A courier of an installation, not yet started; as a deputy it sends only what nobody else does. */
export async function courierOf(
  settings: Settings,
  database: Pick<Database, 'outbox' | 'secrets' | 'mailPreferences'>,
  log: Logger,
  deputy = false,
): Promise<Courier> {
  return createCourier({
    outbox: database.outbox,
    smtpUrl: smtpUrlOf(settings),
    local: settings.smtpUrl === null,
    from: settings.mailFrom,
    pages: await personalPages(settings.publicUrl, database.secrets),
    intervalMs: deputy ? deputyIntervalMs : settings.courierSeconds * 1000,
    log: log.child({ part: deputy ? 'deputy courier' : 'courier' }),
    preferencesOf: (email) => database.mailPreferences.get(email),
    deputy,
  });
}
