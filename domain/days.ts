import type { IsoDate } from './basics.ts';

const millisecondsOfDay = 86_400_000;

/** How many dates are remembered: some eleven years of them. */
const mostRemembered = 4_096;
const numbers = new Map<IsoDate, number>();
const dates = new Map<number, IsoDate>();

/**
 * A date as a number of days: what plain day arithmetic is done on. Decisions ask for the same dates thousands of
 * times, and a calendar library's objects cost twenty times as much; months, years and zones stay with the library.
 */
export function dayNumber(on: IsoDate): number {
  return remembered(numbers, on, () => {
    // biome-ignore lint/style/noRestrictedGlobals: arithmetic on the civil calendar, not a clock
    return Date.UTC(Number(on.slice(0, 4)), Number(on.slice(5, 7)) - 1, Number(on.slice(8, 10))) / millisecondsOfDay;
  });
}

/** The date of a number of days. */
export function dateOfDay(day: number): IsoDate {
  return remembered(dates, day, () => {
    // biome-ignore lint/style/noRestrictedGlobals: arithmetic on the civil calendar, not a clock
    const [on] = new Date(day * millisecondsOfDay).toISOString().split('T');
    // The part before the T of an instant is a date; `split` gives any text.
    return on as IsoDate;
  });
}

/** 1 Monday to 7 Sunday. Day 0, 1 January 1970, was a Thursday. */
export function weekdayOf(on: IsoDate): number {
  return ((((dayNumber(on) + 3) % 7) + 7) % 7) + 1;
}

/** What is known for a key, or is made and kept; all is forgotten when it would be more than `most`. */
export function remembered<K, V>(known: Map<K, V>, key: K, make: () => V, most = mostRemembered): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  if (known.size >= most) known.clear();
  const made = make();
  known.set(key, made);
  return made;
}
