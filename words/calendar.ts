import type { IsoDate, Weekday } from '../domain/basics.ts';
import type { RecordMap } from '../domain/registry.ts';
import { usualWeekend } from '../domain/weekends.ts';
import { weekdayLabels } from './labels.ts';
import { list } from './phrases.ts';

/** The days of a weekend: `Friday and Saturday`. */
export function weekendWords(weekend: readonly Weekday[] = usualWeekend): string {
  return list(weekend.map((day) => weekdayLabels[day])) || 'none, every day is worked';
}

/** What a change of the calendar changed, one thing for each part. */
export function calendarChanges({ previous, ...changed }: RecordMap['CalendarChanged']): string[] {
  const { timeZone, country, weekend, daysOff = [], workingDays = [] } = changed;
  return [
    ...(timeZone ? [`time zone: ${timeZone} instead of ${previous.timeZone}`] : []),
    ...(country ? [`country: ${country} instead of ${previous.country ?? 'none'}`] : []),
    ...(weekend ? [`weekend: ${weekendWords(weekend)} instead of ${weekendWords(previous.weekend)}`] : []),
    ...(daysOff.length > 0 ? [`off: ${some(daysOff)}`] : []),
    ...(workingDays.length > 0 ? [`worked: ${some(workingDays)}`] : []),
  ];
}

/** How many days are named; the others are counted. */
const mostNamed = 5;

function some(days: readonly IsoDate[]): string {
  const rest = days.length - mostNamed;
  return list([...days.slice(0, mostNamed), ...(rest > 0 ? [`${rest} more`] : [])]);
}
