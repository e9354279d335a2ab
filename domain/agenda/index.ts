import type { Instant } from '../basics.ts';
import { isEnded } from '../program/queries.ts';
import type { ProgramState } from '../state.ts';
import { absenceMoments } from './absences.ts';
import { auditMoments } from './audits.ts';
import { beginning, cadenceMoments, holidayMoments } from './cadence.ts';
import { certificateMoments } from './certificate.ts';
import { findingMoments } from './findings.ts';
import type { Due, Moment, Source } from './moment.ts';
import { proposalMoments, taskMoments } from './tasks.ts';

/** What can lie ahead of a program. A new thing that happens by time is a new line. */
const sources: Source[] = [
  beginning,
  taskMoments,
  auditMoments,
  findingMoments,
  certificateMoments,
  cadenceMoments,
  holidayMoments,
  absenceMoments,
  proposalMoments,
];

/** What lies ahead of a program, earliest first: what it will do by itself, and the days that others set. */
export function agenda(state: ProgramState): Moment[] {
  const inOrder = allDues(state).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return inOrder.map(({ act: _, ...moment }) => moment);
}

/** The first moment at which the program has to do something by itself: what its one timer waits for. */
export function firstMoment(state: ProgramState): Moment | undefined {
  if (!firstMoments.has(state)) {
    firstMoments.set(
      state,
      first(state, (due) => due.act !== undefined || due.kind === 'holidays'),
    );
  }
  return firstMoments.get(state);
}

/** Asked for by the row of a state and by the timer that waits on it. */
const firstMoments = new WeakMap<ProgramState, Moment | undefined>();

/** The earliest thing that is due by `now` and that `tick` can do, or undefined when nothing is. */
export function firstDue(state: ProgramState, now: Instant): Due | undefined {
  return first(state, (due) => due.act !== undefined && due.at <= now);
}

/**
 * What `tick` can do together: the earliest thing that is due by `now`; where that is a task's, with what every other task has at
 * the same instant. None of those brings anything to another.
 */
export function firstDues(state: ProgramState, now: Instant): Due[] {
  const found = firstDue(state, now);
  if (!found) return [];
  if (!isOfTask(found)) return [found];
  const together = taskMoments(state).filter(({ at, act }) => at === found.at && act !== undefined);
  return together.length > 0 ? together : [found];
}

function isOfTask({ kind }: Due): boolean {
  return kind === 'reminder' || kind === 'escalation' || kind === 'review';
}

/** Of several at one instant, the one whose source comes first. */
function first(state: ProgramState, counts: (due: Due) => boolean): Due | undefined {
  let found: Due | undefined;
  for (const due of allDues(state)) if (counts(due) && (!found || due.at < found.at)) found = due;
  return found;
}

function allDues(state: ProgramState): Due[] {
  return isEnded(state) ? [] : sources.flatMap((source) => source(state));
}
