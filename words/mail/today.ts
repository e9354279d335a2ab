import type { Instant, IsoDate } from '../../domain/basics.ts';
import { dateAt } from '../../domain/calendar.ts';
import type { MailInput } from './types.ts';

/** The calendar date, where the program is, on which a mail goes out: due dates are days of the program. */
export function dateOfMail({ dueAt, timeZone }: Pick<MailInput, 'dueAt' | 'timeZone'>, sentAt?: Instant): IsoDate {
  return dateAt(sentAt ?? dueAt, timeZone);
}
