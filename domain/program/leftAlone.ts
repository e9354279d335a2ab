import type { Instant } from '../basics.ts';
import { addDays, dueMoment, earliest, todayIn } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { reach } from '../people/people.ts';
import type { ProgramState } from '../state.ts';
import { isOverdue } from '../tasks/overdue.ts';
import { openTasks } from '../tasks/queries.ts';
import { PauseProposed } from './PauseProposed.ts';

/** Days without anything done by a person after which a program counts as left alone. */
const aloneDays = 30;

/** Whether it was proposed to pause or cancel the program, and nobody has done anything since. */
export function isLeftAlone({ pauseProposedOn }: Pick<ProgramState, 'pauseProposedOn'>): boolean {
  return pauseProposedOn !== undefined;
}

/** When a program counts as left alone if nobody does anything until then. */
export function aloneAt({ lastActOn, phaseStartedOn, calendar }: ProgramState): Instant {
  return dueMoment(addDays(lastActOn ?? phaseStartedOn, aloneDays), calendar);
}

/** Asks whoever steers to pause or cancel the program. */
export function proposePause(draft: Draft): void {
  const { state } = draft;
  const waiting = openTasks(state).filter((task) => task.status === 'submitted' || isOverdue(task, state, draft.now));
  const [first, ...others] = waiting.map(({ dueOn }) => dueOn);
  const to = (['programManager', 'sponsor', 'topManagement'] as const).flatMap((role) => reach(state, role));
  const since = first ? earliest(first, ...others) : todayIn(state.calendar, draft.now);
  draft.emit(PauseProposed, { overdue: waiting.length, since, to: [...new Set(to)] });
}
