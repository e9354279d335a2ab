import { Type } from 'typebox';
import { type IsoDate, weekdays } from '../basics.ts';
import { latest } from '../calendar.ts';
import { mustBeDate, mustSay } from '../checks.ts';
import { refuse, wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { date, reason } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { manager } from '../registry/roles.ts';
import type { CalendarState, ProgramState } from '../state.ts';
import { usualWeekend, weekendOf } from '../weekends.ts';
import { inOrderOfWeek, mustBeTimeZone, mustLeaveWorkingDays } from './calendarChecks.ts';
import { daysKeptFrom, dropped, joined, withoutPastDays } from './daysOff.ts';
import { country, timeZone, weekend } from './definition.ts';

/** The most days that an organization names beside those of its country. */
const mostDays = 1_000;

const someDays = (description: string) => Type.Array(date, { maxItems: 400, description });

/**
 * What is open is counted again from now on: due moments, reminders, what is overdue. What was sent stays sent. The
 * holidays of another country are looked up at once; those of the old one that lie ahead count no more.
 */
export const changeCalendar = command('changeCalendar', {
  summary: 'Change the calendar: time zone, country, weekend, days off; what is open is counted again',
  payload: {
    timeZone: Type.Optional(timeZone),
    country: Type.Optional(country),
    weekend: Type.Optional(weekend),
    daysOff: Type.Optional(someDays('Days on which nobody works, as a holiday that was declared')),
    workingDays: Type.Optional(someDays('Days that are worked although they are on a weekend or a holiday')),
    reason,
  },
  roles: manager,
  address: { does: 'change', path: '/calendar', gives: 'program' },
  example: {
    at: 'implementation',
    by: 'programManager',
    payload: { daysOff: ['2030-06-07'], reason: 'The government declared a holiday.' },
  },
  decide(draft, { reason: why, ...asked }) {
    mustSay(why, 'reason');
    const { calendar } = draft.state;
    const { daysOff = [], workingDays = [] } = asked;
    if (asked.timeZone) mustBeTimeZone(asked.timeZone, 'timeZone');
    if (asked.weekend) mustLeaveWorkingDays(asked.weekend, 'weekend');
    mustBeDaysThatCount(draft.state, draft.today, { daysOff, workingDays });
    const data = changesOf(calendar, draft.today, { ...asked, daysOff, workingDays });
    if (Object.keys(data).length === 0) refuse('state', 'calendarUnchanged', {});
    draft.emit(CalendarChanged, { ...data, previous: presentOf(calendar), reason: why });
    const { ownHolidays = [], workingDays: worked = [] } = draft.state.calendar;
    if (ownHolidays.length + worked.length > mostDays) wrong('tooLarge', 'tooManyDays', { most: mostDays }, 'daysOff');
  },
});

const place = {
  timeZone: Type.String(),
  country: Type.Optional(Type.String()),
  weekend: Type.Array(Type.Enum(weekdays)),
};

/** Only what changed is there; `noLonger`: holidays ahead that were those of the country before. */
export const CalendarChanged = record('CalendarChanged', {
  data: {
    timeZone: Type.Optional(place.timeZone),
    country: place.country,
    weekend: Type.Optional(place.weekend),
    daysOff: Type.Optional(Type.Array(date)),
    workingDays: Type.Optional(Type.Array(date)),
    noLonger: Type.Optional(Type.Array(date)),
    previous: Type.Object(place),
    reason: Type.String(),
  },
  leavesTask: false,
  apply(state, { daysOff = [], workingDays = [], noLonger = [], reason: _, previous: __, ...changed }, { today }) {
    // Where no holidays are looked up, past ones leave here.
    const { holidaysThrough, notBefore, ...calendar } = withoutPastDays(state, today);
    const { ownHolidays = [], workingDays: worked = [] } = calendar;
    const next: CalendarState = {
      ...calendar,
      ...changed,
      holidays: joined(dropped(calendar.holidays, noLonger), daysOff),
      ownHolidays: joined(dropped(ownHolidays, workingDays), daysOff),
      workingDays: joined(dropped(worked, daysOff), workingDays),
      // Those of another country are looked up anew.
      ...(holidaysThrough !== undefined && !changed.country ? { holidaysThrough } : {}),
    };
    const stays = changed.timeZone ? latest(today, notBefore ?? today) : notBefore;
    return { ...state, calendar: stays ? { ...next, notBefore: stays } : next };
  },
});

type Asked = Partial<Pick<CalendarState, 'timeZone' | 'country' | 'weekend'>> & Days;

interface Days {
  daysOff: IsoDate[];
  workingDays: IsoDate[];
}

/** What of it is not so already. */
function changesOf(calendar: CalendarState, today: IsoDate, asked: Asked) {
  const { timeZone, country, weekend } = asked;
  const { holidays, ownHolidays = [], workingDays: worked = [] } = calendar;
  const isMoved = country !== undefined && country !== calendar.country;
  const nextWeekend = inOrderOfWeek(weekend ?? (isMoved ? weekendOf(country) : weekendNow(calendar)));
  const daysOff = [...new Set(asked.daysOff)].filter((day) => !holidays.includes(day) || worked.includes(day));
  const workingDays = dropped([...new Set(asked.workingDays)], worked);
  const noLonger = isMoved ? dropped(holidays, ownHolidays).filter((day) => day >= today) : [];
  return {
    ...(timeZone !== undefined && timeZone !== calendar.timeZone ? { timeZone } : {}),
    ...(isMoved ? { country } : {}),
    ...(nextWeekend.join() === weekendNow(calendar).join() ? {} : { weekend: nextWeekend }),
    ...(daysOff.length > 0 ? { daysOff: daysOff.sort() } : {}),
    ...(workingDays.length > 0 ? { workingDays: workingDays.sort() } : {}),
    ...(noLonger.length > 0 ? { noLonger } : {}),
  };
}

function presentOf({ timeZone, country, ...calendar }: CalendarState) {
  return { timeZone, ...(country ? { country } : {}), weekend: weekendNow(calendar) };
}

function weekendNow({ weekend = [...usualWeekend] }: Pick<CalendarState, 'weekend'>) {
  return inOrderOfWeek(weekend);
}

/** Refuses days that are both, and days so long gone that nothing that is open counts them. */
function mustBeDaysThatCount(state: ProgramState, today: IsoDate, { daysOff, workingDays }: Days): void {
  const from = daysKeptFrom(state, today);
  for (const [field, days] of Object.entries({ daysOff, workingDays })) {
    for (const day of days) {
      mustBeDate(day, field);
      if (day < from) wrong('dates', 'dayOffLongGone', { on: day, from }, field);
    }
  }
  const both = daysOff.find((day) => workingDays.includes(day));
  if (both) wrong('dates', 'offAndWorked', { on: both }, 'workingDays');
}
