import { DateTime } from 'luxon';
import type { Instant, IsoDate } from '../domain/basics.ts';
import { daysBetween, yearOf } from '../domain/calendar.ts';
import { count } from './phrases.ts';

const weekdays = ['Thu', 'Fri', 'Sat', 'Sun', 'Mon', 'Tue', 'Wed'];
const monthNames = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const months = monthNames.map((name) => name.slice(0, 3));

/** A date as pages say it: `Fri, Jan 15`, with the year where it is not this one. */
export function shortDay(on: IsoDate, today: IsoDate): string {
  // Pages say hundreds of days: put together here, for a formatter takes a hundred times as long.
  const sinceThursday = daysBetween('1970-01-01', on) % 7;
  const day = `${weekdays[(sinceThursday + 7) % 7]}, ${months[Number(on.slice(5, 7)) - 1]} ${Number(on.slice(8, 10))}`;
  return yearOf(on) === yearOf(today) ? day : `${day}, ${yearOf(on)}`;
}

/** How far a date is: `today`, `tomorrow`, `in 12 days`, `3 days ago`, `in 4 months`. */
export function distance(on: IsoDate, today: IsoDate): string {
  const days = daysBetween(today, on);
  if (days === 0) return 'today';
  if (days === 1) return 'tomorrow';
  if (days === -1) return 'yesterday';
  const span = spanOf(Math.abs(days));
  return days > 0 ? `in ${span}` : `${span} ago`;
}

/** A date as it is written in a sentence: `January 15, 2027`. */
export function writtenDay(on: IsoDate): string {
  // Many texts have one: put together here, as above.
  return `${monthNames[Number(on.slice(5, 7)) - 1]} ${Number(on.slice(8, 10))}, ${Number(on.slice(0, 4))}`;
}

const isoDate = /^\d{4}-\d{2}-\d{2}$/;

/**
 * A text in which the dates among some values, however deep, are written as people say them; what is no date, and dates that
 * somebody wrote within words of their own, stay.
 */
export function withWrittenDays(text: string, values: unknown): string {
  if (!/\d{4}-\d{2}-\d{2}/.test(text)) return text;
  let written = text;
  for (const on of datesIn(values)) if (written.includes(on)) written = written.replaceAll(on, writtenDay(on));
  return written;
}

function datesIn(value: unknown): Set<IsoDate> {
  if (typeof value === 'string') return new Set(isDay(value) ? [value] : []);
  if (typeof value !== 'object' || value === null) return new Set();
  return new Set(Object.values(value).flatMap((one) => [...datesIn(one)]));
}

function isDay(value: string): value is IsoDate {
  return isoDate.test(value) && DateTime.fromISO(value, { zone: 'utc' }).isValid;
}

/** A date in full: `Friday, January 15, 2027`. */
export function longDay(on: IsoDate): string {
  return DateTime.fromISO(on, { zone: 'utc', locale: 'en-US' }).toFormat('cccc, LLLL d, yyyy');
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** A moment in full, in a time zone: `Friday, January 15, 2027 at 5:00 PM EST`. */
export function fullMoment(at: Instant, timeZone: string): string {
  const parts = formatOf(timeZone).formatToParts(DateTime.fromISO(at, { zone: 'utc' }).toMillis());
  const part = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  const { weekday, month, day, year, hour, minute, dayPeriod, timeZoneName } = part;
  return `${weekday}, ${month} ${day}, ${year} at ${hour}:${minute} ${dayPeriod} ${timeZoneName}`;
}

/** The time of a moment, in a time zone: `5:00 PM EST`. */
export function timeOfDay(at: Instant, timeZone: string): string {
  const parts = formatOf(timeZone).formatToParts(DateTime.fromISO(at, { zone: 'utc' }).toMillis());
  const { hour, minute, dayPeriod, timeZoneName } = Object.fromEntries(parts.map(({ type, value }) => [type, value]));
  return `${hour}:${minute} ${dayPeriod} ${timeZoneName}`;
}

/** A format is kept for its zone: it takes much longer to make than to use. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    weekday: 'long',
    month: 'long',
    day: 'numeric',
    year: 'numeric',
    hour: 'numeric',
    minute: '2-digit',
    timeZoneName: 'short',
  });
  formats.set(timeZone, format);
  return format;
}

/** Days are counted up to six weeks; beyond, months and years say more. */
function spanOf(days: number): string {
  if (days <= 42) return count(days, 'day');
  const months = Math.round(days / 30.44);
  return months < 24 ? count(months, 'month') : count(Math.round((days / 365.25) * 10) / 10, 'year');
}
