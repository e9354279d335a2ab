import { percentReady } from '../assessment/readiness.ts';
import type { Instant, IsoDate, Month } from '../basics.ts';
import { addMonths, firstDate, monthOf, morningOf, todayIn, workingDayFrom, yearOf } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { reach } from '../people/people.ts';
import { isLeftAlone } from '../program/leftAlone.ts';
import { ProgramBegan } from '../program/ProgramBegan.ts';
import { ProgressReported } from '../program/ProgressReported.ts';
import { say } from '../say.ts';
import type { ProgramState } from '../state.ts';
import { isOverdue } from '../tasks/overdue.ts';
import { openTasks } from '../tasks/queries.ts';
import type { Due } from './moment.ts';
import { roundMoments } from './rounds.ts';

/** The start of a planned program. */
export function beginning(state: ProgramState): Due[] {
  if (state.status !== 'planned') return [];
  const at = morningOf(state.plan.startsOn, state.calendar.timeZone);
  const title = say('momentProgramBegins', {});
  return [{ at, kind: 'begin', title, act: (draft) => draft.emit(ProgramBegan, {}) }];
}

/** What comes around by the calendar: the monthly progress report, and everything that has a cadence. A pause holds them. */
export function cadenceMoments(state: ProgramState): Due[] {
  if (state.status !== 'active' || !state.phasePlanned) return [];
  return [...progressReport(state), ...roundMoments(state)];
}

/** How many years ahead the holidays of a program are looked up that has not begun. */
const mostYearsAhead = 10;

/**
 * The look-up of public holidays: at once, so that the first dates are right, and from the start on a year more each January.
 * Programs that were started before weekends were known look them up as they begin, as they always did.
 */
export function holidayMoments(state: ProgramState): Due[] {
  const { country, holidaysThrough, timeZone } = state.calendar;
  const isPlanned = state.status === 'planned';
  if (!country || (isPlanned && (holidaysThrough !== undefined || !knowsHolidaysFirst(state)))) return [];
  const on: IsoDate = holidaysThrough ? `${holidaysThrough}-01-02` : firstDate;
  return [{ at: morningOf(on, timeZone), kind: 'holidays', title: say('momentHolidays', {}) }];
}

/** Whether a program looks its holidays up before it takes a step: a run that did not is replayed as it was. */
export function knowsHolidaysFirst({ calendar: { weekend } }: Pick<ProgramState, 'calendar'>): boolean {
  return weekend !== undefined;
}

/** The holidays to look up now, or undefined when enough are known; of a program that has not begun through the year after it does. */
export function holidaysWanted(
  state: ProgramState,
  now: Instant,
): { country: string; from: number; through: number } | undefined {
  const { country, holidaysThrough } = state.calendar;
  const [moment] = holidayMoments(state);
  if (!country || !moment || (holidaysThrough && moment.at > now)) return undefined;
  const year = yearOf(todayIn(state.calendar, now));
  const begins = state.status === 'planned' ? yearOf(state.plan.startsOn) : year;
  const through = Math.max(year, Math.min(begins, year + mostYearsAhead)) + 1;
  return { country, from: holidaysThrough ? holidaysThrough + 1 : year, through };
}

/**
 * On the first working day of each month of the implementation: how it stands, to manager and sponsor. After a pause one
 * report tells of the last month, none of those before it.
 */
function progressReport(state: ProgramState): Due[] {
  if (state.phase !== 'implementation') return [];
  const month = monthToReport(state);
  const on = workingDayFrom(firstOf(monthAfter(month)), state.calendar);
  const title = say('momentProgress', { month });
  return [{ at: morningOf(on, state.calendar.timeZone), kind: 'progress', title, act: report }];
}

function report(draft: Draft): void {
  const open = openTasks(draft.state);
  const overdue = open.filter((task) => isOverdue(task, draft.state, draft.now)).length;
  const steering = [...reach(draft.state, 'programManager'), ...reach(draft.state, 'sponsor')];
  const to = isLeftAlone(draft.state) ? [] : [...new Set(steering)];
  const month = monthOf(addMonths(firstOf(monthOf(draft.today)), -1));
  draft.emit(ProgressReported, { month, to, readiness: percentReady(draft.state), open: open.length, overdue });
}

/** The month after the last one reported, and at the earliest that in which the phase began. */
function monthToReport({ lastProgress, phaseStartedOn }: ProgramState): Month {
  const begun = monthOf(phaseStartedOn);
  if (!lastProgress) return begun;
  const next = monthAfter(lastProgress);
  return next > begun ? next : begun;
}

function monthAfter(month: Month): Month {
  return monthOf(addMonths(firstOf(month), 1));
}

function firstOf(month: Month): IsoDate {
  return `${month}-01`;
}
