import { addMonths, dateAt, earliest, wrongWithDate } from '../calendar.ts';
import { longestCadence } from '../profile.ts';
import { isEnded } from '../progress.ts';
import { refuse, wrong } from '../rejection.ts';
import { isVisible } from '../text.ts';
import type { IsoDate, Phase, ProgramState } from '../types/index.ts';
import type { Draft } from './draft.ts';

/** Refuses a text that is not a date that exists, or of a year that nobody means. */
export function mustBeDate(on: IsoDate, field: string): void {
  const problem = wrongWithDate(on);
  if (problem) wrong('dates', `${field}: ${problem}.`);
}

export function mustNotBePast(draft: Draft, on: IsoDate, field: string): void {
  mustBeDate(on, field);
  if (on < draft.today) wrong('dates', `${field}: ${on} is in the past; the program's date is ${draft.today}.`);
}

export function mustNotBeAhead(draft: Draft, on: IsoDate, field: string): void {
  mustBeDate(on, field);
  if (on > draft.today) wrong('dates', `${field}: ${on} has not come yet; the program's date is ${draft.today}.`);
}

/**
 * Refuses a review or an audit that was held before there was anything of this program to look at; of one that was taken
 * over, before what comes round at the latest would have come round again.
 */
export function mustCount({ adoptedAt, plan, calendar }: ProgramState, on: IsoDate, field: string, what: string): void {
  if (adoptedAt) {
    const adoptedOn = dateAt(adoptedAt, calendar.timeZone);
    const from = addMonths(adoptedOn, -longestCadence);
    if (on >= earliest(from, plan.startsOn)) return;
    const since = `more than ${longestCadence} months before the program was taken over on ${adoptedOn}`;
    wrong('dates', `${field}: the ${what} of ${on} lies ${since}; hold one, and enter that.`);
  }
  if (on >= plan.startsOn) return;
  wrong(
    'dates',
    `${field}: the ${what} of ${on} lies before the program began on ${plan.startsOn}; hold one, and enter that.`,
  );
}

/** Refuses a field in which nothing can be seen. */
export function mustSay(text: string | undefined, field: string): void {
  if (!isVisible(text ?? '')) wrong('empty', `${field}: say something; it is recorded.`);
}

export function mustBeInPhase(state: ProgramState, ...phases: Phase[]): void {
  if (!phases.includes(state.phase)) {
    refuse('state', `This is possible in ${phases.join(', ')}; the program is in ${state.phase}.`);
  }
}

/** Refuses every command to a program that was cancelled or closed. */
export function mustBeAlive(state: ProgramState): void {
  if (isEnded(state)) refuse('state', `The program ${state.id} is ${state.status}; nothing can be changed any more.`);
}

/** Refuses work on a program whose start lies ahead. */
export function mustHaveBegun(state: ProgramState): void {
  if (state.status === 'planned') {
    refuse('state', `The program begins on ${state.plan.startsOn}; move the plan if work begins earlier.`);
  }
}
