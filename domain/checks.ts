import type { IsoDate, Phase } from './basics.ts';
import { addMonths, dateAt, earliest, firstDate, lastDate, wrongWithDate } from './calendar.ts';
import type { Draft } from './draft.ts';
import { longestCadence } from './profile.ts';
import { refuse, wrong } from './refusal.ts';
import { requirementOutline } from './standards/outline.ts';
import type { ProgramState } from './state.ts';
import { isVisible } from './text.ts';

/** Refuses a text that is not a date that exists, or of a year that nobody means. */
export function mustBeDate(on: string, field: string): asserts on is IsoDate {
  const problem = wrongWithDate(on);
  if (problem === 'notADate') wrong('dates', 'notADate', { on }, field);
  if (problem === 'outOfRange') wrong('dates', 'dateOutOfRange', { on, first: firstDate, last: lastDate }, field);
}

/** Refuses a day before the program's date. */
export function mustNotBePast(draft: Draft, on: IsoDate, field: string): void {
  mustBeDate(on, field);
  if (on < draft.today) wrong('dates', 'inThePast', { on, today: draft.today }, field);
}

/** Refuses a day after the program's date. */
export function mustNotBeAhead(draft: Draft, on: IsoDate, field: string): void {
  mustBeDate(on, field);
  if (on > draft.today) wrong('dates', 'notYet', { on, today: draft.today }, field);
}

/** Refuses what is said to have happened before what it follows; a clock that stands before it has said nothing. */
export function mustNotPrecede(draft: Draft, after: IsoDate, field = 'on'): void {
  const { on } = draft.told;
  if (on && on < after) wrong('dates', 'beforeWhatItFollows', { on, after }, field);
}

/** Refuses a last day before the first. */
export function mustEndAfterStart(startsOn: IsoDate, endsOn: IsoDate, field = 'endsOn'): void {
  if (endsOn < startsOn) wrong('dates', 'endsBeforeItStarts', { startsOn, endsOn }, field);
}

/**
 * Refuses a review or an audit that was held before there was anything of this program to look at; of one that was taken
 * over, before what comes around at the latest would have come around again.
 */
export function mustCount(
  { adoptedAt, plan, calendar }: ProgramState,
  on: IsoDate,
  field: string,
  what: 'review' | 'internalAudit',
): void {
  if (!adoptedAt) {
    if (on < plan.startsOn) wrong('dates', 'beforeProgramBegan', { what, on, startsOn: plan.startsOn }, field);
    return;
  }
  const adoptedOn = dateAt(adoptedAt, calendar.timeZone);
  if (on >= earliest(addMonths(adoptedOn, -longestCadence), plan.startsOn)) return;
  wrong('dates', 'tooLongBeforeTakeover', { what, on, months: longestCadence, adoptedOn }, field);
}

/** Refuses a field in which nothing can be seen. */
export function mustSay(text: string | undefined, field: string): void {
  if (!isVisible(text ?? '')) wrong('empty', 'nothingSaid', {}, field);
}

/** Refuses a list that names something more than once. */
export function mustBeUnique(
  values: readonly string[],
  field: string,
  each: 'task' | 'person' | 'requirement' | 'email' | 'id' | 'role' | 'file',
): void {
  const twice = values.find((value, index) => values.indexOf(value) !== index);
  if (twice !== undefined) wrong('unique', 'namedTwice', { what: twice, each }, field);
}

/** Refuses the number of a requirement that the program's standard does not have. */
export function mustBeRequirement(state: Pick<ProgramState, 'standard'>, requirementId: string, field: string): void {
  const standard = state.standard.id;
  if (!requirementOutline(standard, requirementId)) {
    wrong('unknown', 'noSuchRequirement', { standard, requirementId }, field);
  }
}

/** Refuses what is possible in other phases only. */
export function mustBeInPhase(state: ProgramState, ...allowed: Phase[]): void {
  if (!allowed.includes(state.phase)) refuse('state', 'otherPhase', { allowed, phase: state.phase });
}

/** Refuses work on a program whose start lies ahead. */
export function mustHaveBegun(state: ProgramState): void {
  if (state.status === 'planned') refuse('state', 'notBegun', { startsOn: state.plan.startsOn });
}
