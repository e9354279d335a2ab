import { ApplicationFailure } from '@temporalio/common';
import type Holidays from 'date-holidays';
import type { HolidaysTypes } from 'date-holidays';
import type { IsoDate } from '../domain/basics.ts';
import { addDays, isRealDate } from '../domain/calendar.ts';
import type { ProgramActivities } from './contract.ts';
import { holidayCalendar, UnknownCountryError } from './holidayCalendars.ts';

/**
 * The public holidays of a country, or of a state or region of it, from the tables of `date-holidays`: whole days
 * only, `YYYY-MM-DD` in the country's own calendar, ascending, each once.
 *
 * @throws ApplicationFailure `UnknownCountry`, not retryable, when there is no such country, state or region.
 */
export const lookUpHolidays: ProgramActivities['lookUpHolidays'] = async ({ country, from, through }) => {
  const calendar = calendarOf(country);
  const days = new Set<IsoDate>();
  for (let year = from; year <= through; year++) {
    for (const holiday of calendar.getHolidays(year)) for (const day of daysOf(holiday)) days.add(day);
  }
  return [...days].sort();
};

function calendarOf(code: string): Holidays {
  try {
    return holidayCalendar(code);
  } catch (error) {
    if (error instanceof UnknownCountryError) throw ApplicationFailure.nonRetryable(error.message, 'UnknownCountry');
    throw error;
  }
}

/** The days a holiday takes wholly: a feast can last several, an afternoon off is a working day. */
function daysOf(holiday: HolidaysTypes.Holiday): IsoDate[] {
  const first = holiday.date.slice(0, 10);
  if (!isRealDate(first)) throw new Error(`The table of holidays has ${holiday.date}, which is no date.`);
  // An hour of grace, because a day on which the clocks change has 23 hours.
  const count = Math.floor((holiday.end.getTime() - holiday.start.getTime()) / 3_600_000 + 1) / 24;
  return Array.from({ length: Math.floor(count) }, (_, day) => addDays(first, day));
}
