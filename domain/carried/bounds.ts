import type { Draft } from '../draft.ts';
import { isEnded } from '../program/queries.ts';
import { refuse, wrong } from '../refusal.ts';
import { type Command, type CommandType, isCommandType } from '../registry.ts';
import type { ProgramState } from '../state.ts';
import { isEnd } from '../tasks/task.ts';
import { ProgramNearlyFull } from './ProgramNearlyFull.ts';
import { sizeAfter, sizeOf, sizeOfState } from './size.ts';
import { sizeToCome } from './toCome.ts';

const kibibyte = 1_024;

/** The most bytes of JSON that one command brings, and many in one call. Ten thousand characters of each script fit six times. */
export const mostBytesOfCommand = 256 * kibibyte;
export const mostBytesOfBulk = 512 * kibibyte;

/** The most records of one call: after so many the rest is refused, for what is decided at once has four seconds. */
export const mostRecordsOfBulk = 5_000;

/** Commands that look at every task or every AI system anew, and at how many those of one call look, together. */
const counting: ReadonlySet<string> = new Set<CommandType>([
  'changePlan',
  'changeCalendar',
  'changeScope',
  'pause',
  'resume',
  'setPeople',
  'addPerson',
  'changePerson',
  'removePerson',
  'putInCharge',
]);
export const mostTasksCounted = 60_000;

/** At how many tasks and AI systems a command looks anew. */
export function tasksCounted({ tasks, aiSystems }: ProgramState, { type }: Pick<Command, 'type'>): number {
  return counting.has(type) ? Object.keys(tasks).length + Object.keys(aiSystems).length : 0;
}

/**
 * The most bytes of JSON in records and notices that one command comes to, and after how many the rest of a call is refused: a long
 * text is told to each of hundreds of people. They are committed at once, and one in twenty is left of them compressed.
 */
export const mostBytesOfOutcome = 8 * 1_024 * kibibyte;

/**
 * The most bytes of JSON that people fill a program with. One run hands all of it to the next, in what Temporal takes at
 * once: 2 MiB, compressed. What the program holds stays under that even where nothing in it can be compressed.
 */
export const mostBytesHeld = 768 * kibibyte;

/** What a certification brings by its course (evidence, outcomes, findings) still fits beyond that, up to here. */
const mostBytesInCourse = 1_280 * kibibyte;

/** What ends a task, as a corrective action does with its texts, still fits beyond that, up to here: what one run hands to the next. */
const mostBytesOfEndings = 1_536 * kibibyte;

/** From here on people are told. */
const manyBytesHeld = 512 * kibibyte;

/** Commands that add what a certification can do without: beyond what people fill a program with they are refused. */
const adding: ReadonlySet<string> = new Set<CommandType>([
  'openTask',
  'setDependencies',
  'setPeople',
  'addPerson',
  'delegate',
  'putAiSystem',
  'changeScope',
  'changePlan',
  'changeCalendar',
  'reportIncident',
  'reportComplaint',
  'reportSignificantChange',
  'planAudit',
  'recordEarlierAudit',
]);

/** They are taken however full it is, for they add a few words, and twenty times at most: an earlier version filled programs without end. */
const alwaysTaken: ReadonlySet<string> = new Set<CommandType>(['pause', 'resume']);

/** What one command may add to a full program in the course of its certification: an outcome with its findings, briefly. */
const fewBytes = 16 * kibibyte;

/** What ends a task in so many is always taken: it goes before long, with the task. */
const fewestBytes = 256;

/** Refuses a command that brings more than one can. */
export function mustBeOfSize(command: Command): void {
  if (!isCommandType(command.type)) return;
  const bytes = sizeOf(command);
  if (bytes > mostBytesOfCommand) wrong('tooLarge', 'commandTooLarge', { bytes, most: mostBytesOfCommand });
}

/** How much a program holds, of how much it can; and whether it is near that. */
export function held(state: ProgramState): { bytes: number; most: number; isNear: boolean } {
  const bytes = sizeOfState(state);
  return { bytes, most: mostBytesHeld, isNear: bytes >= manyBytesHeld };
}

/**
 * Refuses what would fill a program over its bound, and says so as it comes near. What makes it hold less or ends a task in a few
 * words is taken always, and what ends the program; so is what the program does by itself, for which there is room beyond the bound.
 * What is added counts with what the program will ask for because of it.
 */
export function mustBeHeld(draft: Draft, before: ProgramState, type: string): void {
  const measured = draft.state;
  const holds = sizeAfter(before, measured);
  const bytes = holds + (adding.has(type) ? sizeToCome(measured) : 0);
  if (bytes < manyBytesHeld || isEnded(measured)) return;
  const most = mostBytesHeld;
  const grown = holds - sizeOfState(before);
  if (isCommandType(type) && !alwaysTaken.has(type) && grown > 0) {
    const endsTask = draft.emitted.some(({ definition: { leavesTask } }) => leavesTask && isEnd(leavesTask));
    const takes = mostAfter(type, grown, endsTask);
    if (bytes > takes) refuse('full', 'programFull', { bytes, most: takes });
    if (adding.has(type) || bytes > most || draft.state.nearlyFullOn === undefined)
      draft.warn('full', 'nearlyFull', { bytes, most });
  }
  if (draft.state.nearlyFullOn === undefined) draft.emit(ProgramNearlyFull, { bytes, most });
  // The next command finds the size of what it begins with.
  sizeAfter(measured, draft.state);
}

/** Up to how many bytes a command is taken that adds so many, and ends a task or does not. */
function mostAfter(type: CommandType, grown: number, endsTask: boolean): number {
  if (endsTask && grown <= fewestBytes) return Number.POSITIVE_INFINITY;
  if (grown > fewBytes) return mostBytesHeld;
  if (endsTask) return mostBytesOfEndings;
  return adding.has(type) ? mostBytesHeld : mostBytesInCourse;
}
