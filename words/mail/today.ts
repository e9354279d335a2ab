import { DateTime } from 'luxon';
import type { Instant, IsoDate } from '../../domain/basics.ts';

const digestHour = 8;

/**
 * The calendar date, where the program is, on which a digest goes out.
 *
 * A digest is due at 08:00 of the program's time zone, so its due moment in UTC tells the offset of that zone. Two
 * zones can share such a moment on two dates; this takes the one between UTC-10 and UTC+13:45, so that only the
 * islands beyond these (American Samoa, Niue, Kiribati's Line Islands) are a day off.
 */
export function digestDate(dueAt: Instant, sentAt: Instant): IsoDate {
  const due = DateTime.fromISO(dueAt, { zone: 'utc' });
  const offset = digestHour * 60 - (due.hour * 60 + due.minute);
  const local = offset < -10 * 60 ? offset + 24 * 60 : offset;
  // luxon types a date as any text.
  return DateTime.fromISO(sentAt).toUTC(local).toISODate() as IsoDate;
}
