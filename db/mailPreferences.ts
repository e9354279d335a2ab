import type { Email } from '../domain/basics.ts';
import { type MailPreferences, usualPreferences } from '../domain/people/mailPreferences.ts';
import type { Connection } from './connection.ts';
import type { Zones } from './zones.ts';

/** How mails reach people, by their addresses; `domain/people/mailPreferences.ts` says what that means. */
export interface MailPreferencesTable {
  /** What somebody chose; what is usual where they chose nothing. */
  get(email: Email): Promise<MailPreferences>;
  /** Writes over what somebody chose before. It holds for every mail that leaves from then on. */
  set(email: Email, preferences: MailPreferences): Promise<void>;
}

interface Row {
  digest: MailPreferences['digest'];
  weekday: number | null;
  quiet_from: string | null;
  quiet_until: string | null;
  time_zone: string | null;
}

export function createMailPreferences({ reader, write }: Connection, zones: Zones): MailPreferencesTable {
  return {
    async get(email) {
      const row: Row | undefined = await reader('mail_preferences').where({ email }).first();
      return row ? toPreferences(row) : usualPreferences;
    },
    async set(email, { digest, weekday, quietFrom, quietUntil, timeZone }) {
      const row: Row = {
        digest,
        weekday: weekday ?? null,
        quiet_from: quietFrom ?? null,
        quiet_until: quietUntil ?? null,
        time_zone: timeZone ?? null,
      };
      await write((trx) =>
        trx('mail_preferences')
          .insert({ email, ...row })
          .onConflict('email')
          .merge(),
      );
      zones.forget(email);
    },
  };
}

function toPreferences({ digest, weekday, quiet_from, quiet_until, time_zone }: Row): MailPreferences {
  return {
    digest,
    ...(weekday !== null && { weekday }),
    ...(quiet_from !== null && { quietFrom: quiet_from }),
    ...(quiet_until !== null && { quietUntil: quiet_until }),
    ...(time_zone !== null && { timeZone: time_zone }),
  };
}
