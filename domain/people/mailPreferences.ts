import { DateTime } from 'luxon';
import { type Static, Type } from 'typebox';
import type { Instant } from '../basics.ts';
import { addDays, dateAt, isTimeZone, morningOf } from '../calendar.ts';
import { weekdayOf } from '../days.ts';
import type { MailKind } from '../notices.ts';
import { strict } from '../registry/fields.ts';

/** How often somebody gets what is not urgent. */
export const digestChoices = ['daily', 'weekly', 'none'] as const;
export type DigestChoice = (typeof digestChoices)[number];

const hour = Type.String({ pattern: '^([01]\\d|2[0-3]):[0-5]\\d$', examples: ['20:00'] });

/** What somebody chose of how mails reach them. What is overdue comes at once, whatever was chosen. */
export const mailPreferences = Type.Object(
  {
    digest: Type.Enum(digestChoices),
    /** Of a weekly digest: 1 is Monday, 7 Sunday; Monday when absent. */
    weekday: Type.Optional(Type.Integer({ minimum: 1, maximum: 7 })),
    /** From this time of day mails wait until `quietUntil`, the next day where that is earlier. */
    quietFrom: Type.Optional(hour),
    quietUntil: Type.Optional(hour),
    /** Where their day is counted: the 08:00 of digests, and the quiet hours; where most of their programs are when absent. */
    timeZone: Type.Optional(Type.String({ minLength: 1, maxLength: 64 })),
  },
  strict,
);
export type MailPreferences = Static<typeof mailPreferences>;

/** What holds for whoever chose nothing. */
export const usualPreferences: MailPreferences = { digest: 'daily' };

/** The longest quiet hours, in minutes: a mail comes on the day on which it is due, or the next morning. */
const longestQuiet = 16 * 60;

/** What can be wrong with preferences of the right shape. */
export type PreferenceProblem = 'quietHalf' | 'quietTooLong' | 'timeZone';

/** What is wrong with preferences, with the field that it is about; undefined when nothing is. */
export function wrongWithPreferences({
  quietFrom,
  quietUntil,
  timeZone,
}: MailPreferences): { field: keyof MailPreferences; problem: PreferenceProblem } | undefined {
  if (timeZone !== undefined && !isTimeZone(timeZone)) return { field: 'timeZone', problem: 'timeZone' };
  if (quietFrom === undefined && quietUntil === undefined) return undefined;
  if (quietFrom === undefined) return { field: 'quietFrom', problem: 'quietHalf' };
  if (quietUntil === undefined) return { field: 'quietUntil', problem: 'quietHalf' };
  const minutes = (minutesOf(quietUntil) - minutesOf(quietFrom) + 24 * 60) % (24 * 60);
  return minutes === 0 || minutes > longestQuiet ? { field: 'quietUntil', problem: 'quietTooLong' } : undefined;
}

/** A mail that is due, as far as it matters for when it is delivered. */
export interface DueMail {
  kind: MailKind;
  /** Of a digest, an 08:00 of the time zone. */
  dueAt: Instant;
  /** Where its recipient's day is counted. */
  timeZone: string;
  /** Whether it tells of something that is overdue; asked only where it matters. */
  isOverdue(): boolean;
}

/**
 * What becomes of a mail that is due: it is delivered `now`, or not before `at`; what it tells goes into the `weekly`
 * digest (`weeklyAfter`); or it is `unwanted`.
 */
export type Delivery = { goes: 'now' | 'weekly' | 'unwanted' } | { goes: 'later'; at: Instant };

/** What becomes of a mail that is due now, for somebody of these preferences. */
export function deliveryOf(mail: DueMail, preferences: MailPreferences, now: Instant): Delivery {
  const chosen = asChosen(mail, preferences, now);
  return chosen.goes !== 'now' && mail.isOverdue() ? { goes: 'now' } : chosen;
}

function asChosen(mail: DueMail, preferences: MailPreferences, now: Instant): Delivery {
  if (preferences.digest === 'none' && (mail.kind === 'digest' || mail.kind === 'asked')) return { goes: 'unwanted' };
  if (mail.kind === 'digest') {
    if (preferences.digest === 'weekly' && !isOfItsDay(mail, preferences)) return { goes: 'weekly' };
  }
  const at = quietEnd(preferences, mail.timeZone, now);
  return at === undefined ? { goes: 'now' } : { goes: 'later', at };
}

/** The 08:00 of the chosen weekday after the one of a digest. */
export function weeklyAfter(mail: Pick<DueMail, 'dueAt' | 'timeZone'>, { weekday = 1 }: MailPreferences): Instant {
  const on = dateAt(mail.dueAt, mail.timeZone);
  const ahead = (weekday - weekdayOf(on) + 7) % 7 || 7;
  return morningOf(addDays(on, ahead), mail.timeZone);
}

/** By the day for which it was due: when it leaves late, it is still that day's. */
function isOfItsDay({ dueAt, timeZone }: DueMail, { weekday = 1 }: MailPreferences): boolean {
  return weekdayOf(dateAt(dueAt, timeZone)) === weekday;
}

/** When the quiet hours end in which an instant lies; undefined outside of them. */
function quietEnd(
  { quietFrom, quietUntil, timeZone }: MailPreferences,
  zone: string,
  now: Instant,
): Instant | undefined {
  if (quietFrom === undefined || quietUntil === undefined) return undefined;
  const local = DateTime.fromISO(now, { zone: timeZone ?? zone });
  const time = local.toFormat('HH:mm');
  const overnight = quietUntil <= quietFrom;
  const isQuiet = overnight ? time >= quietFrom || time < quietUntil : time >= quietFrom && time < quietUntil;
  if (!isQuiet) return undefined;
  const on = overnight && time >= quietFrom ? local.plus({ days: 1 }) : local;
  const [hours, minutes] = [Math.floor(minutesOf(quietUntil) / 60), minutesOf(quietUntil) % 60];
  const at = on.set({ hour: hours, minute: minutes, second: 0, millisecond: 0 }).toJSDate().toISOString();
  // In the hour that comes twice when clocks go back, the end can be over already.
  return at > now ? at : undefined;
}

function minutesOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3));
}
