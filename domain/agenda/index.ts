import { isEnded } from '../progress.ts';
import type { Instant, ProgramState } from '../types/index.ts';
import { auditMoments } from './audits.ts';
import { beginning, cadenceMoments, holidayMoments } from './cadence.ts';
import { certificateMoments } from './certificate.ts';
import { findingMoments } from './findings.ts';
import type { Due, Moment, Source } from './moment.ts';
import { taskMoments } from './tasks.ts';

export { holidaysWanted } from './cadence.ts';
export type { Moment } from './moment.ts';

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
  return dues(state).map(({ act: _, ...moment }) => moment);
}

/** The first moment at which the program has to do something by itself: what its one timer waits for. */
export function firstMoment(state: ProgramState): Moment | undefined {
  let first: Due | undefined;
  for (const due of allDues(state)) if (wakes(due) && (!first || due.at < first.at)) first = due;
  return first;
}

/** The earliest thing that is due by `now` and that `tick` can do, or undefined when nothing is. */
export function firstDue(state: ProgramState, now: Instant): Due | undefined {
  let first: Due | undefined;
  for (const due of allDues(state)) if (due.act && due.at <= now && (!first || due.at < first.at)) first = due;
  return first;
}

function dues(state: ProgramState): Due[] {
  return allDues(state).sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}

function allDues(state: ProgramState): Due[] {
  return isEnded(state) ? [] : sources.flatMap((source) => source(state));
}

function wakes(due: Due): boolean {
  return due.act !== undefined || due.kind === 'holidays';
}
