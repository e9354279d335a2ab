import type { IsoDate } from '../basics.ts';
import { addMonths, dateAt, earliest } from '../calendar.ts';
import type { CalendarState, ProgramState } from '../state.ts';
import { openTasks } from '../tasks/queries.ts';

/** How long days off are kept that are over: what happened may be told late, and is counted from its day. */
const monthsKept = 12;

/** The first day whose days off may still count: a year back, and as far as something that is open is counted from. */
export function daysKeptFrom(state: ProgramState, today: IsoDate): IsoDate {
  const counted = openTasks(state).map((task) =>
    task.status === 'submitted' ? (task.reviewFrom ?? dateAt(task.evidence.at, state.calendar.timeZone)) : task.dueOn,
  );
  return earliest(addMonths(today, -monthsKept), ...counted);
}

/** The calendar of a program without the days off that nothing is counted by anymore. */
export function withoutPastDays(state: ProgramState, today: IsoDate): CalendarState {
  const from = daysKeptFrom(state, today);
  const { holidays, ownHolidays, workingDays, ...calendar } = state.calendar;
  const kept = (days: readonly IsoDate[]) => days.filter((day) => day >= from);
  return {
    ...calendar,
    holidays: kept(holidays),
    ...(ownHolidays ? { ownHolidays: kept(ownHolidays) } : {}),
    ...(workingDays ? { workingDays: kept(workingDays) } : {}),
  };
}

/** Days with others added, each once, in order. */
export function joined(days: readonly IsoDate[], others: readonly IsoDate[]): IsoDate[] {
  return [...new Set([...days, ...others])].sort();
}

/** Days without others. */
export function dropped(days: readonly IsoDate[], others: readonly IsoDate[]): IsoDate[] {
  return days.filter((day) => !others.includes(day));
}
