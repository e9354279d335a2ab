import { type Weekday, weekdays } from '../basics.ts';
import { isTimeZone } from '../calendar.ts';
import { wrong } from '../refusal.ts';

/** Refuses a time zone that this machine does not know. */
export function mustBeTimeZone(timeZone: string, field: string): void {
  if (!isTimeZone(timeZone)) wrong('timeZone', 'notATimeZone', { timeZone }, field);
}

/** Refuses a weekend that is the whole week: nothing would ever be due. */
export function mustLeaveWorkingDays(weekend: readonly Weekday[], field: string): void {
  if (new Set(weekend).size === weekdays.length) wrong('weekend', 'noWorkingDays', {}, field);
}

/** The days of a weekend from Monday on, each once. */
export function inOrderOfWeek(weekend: readonly Weekday[]): Weekday[] {
  return weekdays.filter((day) => weekend.includes(day));
}
