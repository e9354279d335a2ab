import { DateTime } from 'luxon';
import type { IsoDate } from '../../domain/basics.ts';
import { addDays, addMonths } from '../../domain/calendar.ts';

const monday = 1;
const tuesday = 2;

/** The first Monday of a January that lies ahead of a day. */
export function firstMondayOfNextJanuary(today: IsoDate): IsoDate {
  const year = Number(today.slice(0, 4));
  const ahead = [year, year + 1].map((january) => weekdayFrom(`${january}-01-01`, monday)).find((on) => on > today);
  return ahead as IsoDate;
}

/** The Tuesday on or after a day: when people look at what is asked of them. */
export function tuesdayFrom(on: IsoDate): IsoDate {
  return weekdayFrom(on, tuesday);
}

/** The Tuesday before a day. */
export function tuesdayBefore(on: IsoDate): IsoDate {
  return tuesdayFrom(addDays(on, -7));
}

/** The first day of a month of the story; its first month begins on the first day of the program. */
export function monthBegins(startsOn: IsoDate, month: number): IsoDate {
  return addMonths(startsOn, month - 1);
}

/** R12 counted by itself, not by the rule that it is to check: three years less one day from a day on. */
export function threeYearsFrom(on: IsoDate): IsoDate {
  return DateTime.fromISO(on, { zone: 'utc' }).plus({ years: 3 }).minus({ days: 1 }).toISODate() as IsoDate;
}

function weekdayFrom(on: IsoDate, weekday: number): IsoDate {
  const { weekday: present } = DateTime.fromISO(on, { zone: 'utc' });
  return addDays(on, (weekday - present + 7) % 7);
}
