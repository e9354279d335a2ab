import { addMonths, dateAt, latest, morningOf, workingDayFrom, yearOf } from '../calendar.ts';
import type { Draft } from '../decide/draft.ts';
import { isOverdue } from '../overdue.ts';
import { reach } from '../people.ts';
import { openTasks } from '../progress.ts';
import { percentReady } from '../readiness.ts';
import type { Instant, ProgramState } from '../types/index.ts';
import type { Due } from './moment.ts';
import { roundMoments } from './rounds.ts';

/** The start of a planned program. */
export function beginning(state: ProgramState): Due[] {
  if (state.status !== 'planned') return [];
  const at = morningOf(state.plan.startsOn, state.calendar.timeZone);
  return [
    { at, kind: 'begin', title: 'the program begins', act: (draft) => draft.emit({ type: 'ProgramBegan', data: {} }) },
  ];
}

/** What comes round by the calendar: the monthly progress report, and everything that has a cadence. A pause holds them. */
export function cadenceMoments(state: ProgramState): Due[] {
  if (state.status !== 'active' || !state.phasePlanned) return [];
  return [...progressReport(state), ...roundMoments(state)];
}

/** The look-up of public holidays: the next two years at the start, then a year more each January. */
export function holidayMoments(state: ProgramState): Due[] {
  const { country, holidaysThrough, timeZone } = state.calendar;
  if (!country || state.status === 'planned') return [];
  const on = holidaysThrough ? `${holidaysThrough}-01-02` : state.phaseStartedOn;
  return [{ at: morningOf(on, timeZone), kind: 'holidays', title: 'public holidays are looked up' }];
}

/** The holidays to look up now, or undefined when enough are known. */
export function holidaysWanted(
  state: ProgramState,
  now: Instant,
): { country: string; from: number; through: number } | undefined {
  const { country, holidaysThrough, timeZone } = state.calendar;
  const [moment] = holidayMoments(state);
  if (!country || !moment || (holidaysThrough && moment.at > now)) return undefined;
  const year = yearOf(dateAt(now, timeZone));
  return { country, from: holidaysThrough ? holidaysThrough + 1 : year, through: year + 1 };
}

/**
 * On the first working day of each month of the implementation: how it stands, to manager and sponsor. After a pause one
 * report tells of the last month, none of those before it.
 */
function progressReport(state: ProgramState): Due[] {
  if (state.phase !== 'implementation') return [];
  const begun = state.phaseStartedOn.slice(0, 7);
  const month = state.lastProgress ? latest(monthAfter(state.lastProgress), begun) : begun;
  const on = workingDayFrom(`${monthAfter(month)}-01`, state.calendar);
  const act = (draft: Draft) => {
    const open = openTasks(draft.state);
    const overdue = open.filter((task) => isOverdue(task, draft.state, draft.now)).length;
    const to = [...new Set([...reach(draft.state, 'programManager'), ...reach(draft.state, 'sponsor')])];
    const told = addMonths(`${draft.today.slice(0, 7)}-01`, -1).slice(0, 7);
    const data = { month: told, to, readiness: percentReady(draft.state), open: open.length, overdue };
    draft.emit({ type: 'ProgressReported', data });
  };
  return [{ at: morningOf(on, state.calendar.timeZone), kind: 'progress', title: `progress report of ${month}`, act }];
}

function monthAfter(month: string): string {
  return addMonths(`${month}-01`, 1).slice(0, 7);
}
