import type { Instant } from '../basics.ts';
import { isEnded } from '../program/queries.ts';
import type { ProgramState } from '../state.ts';
import { auditMoments } from './audits.ts';
import { beginning, cadenceMoments, holidayMoments } from './cadence.ts';
import { certificateMoments } from './certificate.ts';
import { findingMoments } from './findings.ts';
import type { Due, Moment, Source } from './moment.ts';
import { taskMoments } from './tasks.ts';

/** What can lie ahead of a program. A new thing that happens by time is a new line. */
const sources: Source[] = [
  beginning,
  taskMoments,
  auditMoments,
  findingMoments,
  certificateMoments,
  cadenceMoments,
  holidayMoments,
];

/** What lies ahead of a program, earliest first: what it will do by itself, and the days that others set. */
export function agenda(state: ProgramState): Moment[] {
  const inOrder = allDues(state).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return inOrder.map(({ act: _, ...moment }) => moment);
}

/** The first moment at which the program has to do something by itself: what its one timer waits for. */
export function firstMoment(state: ProgramState): Moment | undefined {
  return first(state, (due) => due.act !== undefined || due.kind === 'holidays');
}

/** The earliest thing that is due by `now` and that `tick` can do, or undefined when nothing is. */
export function firstDue(state: ProgramState, now: Instant): Due | undefined {
  return first(state, (due) => due.act !== undefined && due.at <= now);
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
