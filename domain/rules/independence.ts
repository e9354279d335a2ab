import { requirementsOf } from '../assessment/requirements.ts';
import type { Email, IsoDate } from '../basics.ts';
import { addMonths } from '../calendar.ts';
import type { BodyProfile } from '../certificate/bodyProfile.ts';
import type { ProgramState } from '../state.ts';

/** Years that hold where a profile of an earlier version does not say. */
const usualYears = 2;

/** R9, R26: the first day on which somebody may audit again what they worked on last on a day. Source: practice; the years are the body's. */
export function independentFrom(lastOn: IsoDate, { independenceYears = usualYears }: BodyProfile): IsoDate {
  return addMonths(lastOn, 12 * independenceYears);
}

/** Work on a requirement by somebody who may not audit it for that; `lastOn` is absent while they own it. */
export interface OwnWork {
  email: Email;
  requirementId: string;
  lastOn?: IsoDate;
}

type Worked = Pick<ProgramState, 'standard' | 'requirements' | 'body' | 'workedOn' | 'workedFrom'>;

/**
 * R9: an internal auditor does not audit their own work: what they own, owned, answered or reviewed in the years before.
 * Gives what of the criteria (all when absent) the members of a team worked on so, as of a day. Ownership can be handed on,
 * and the rule follows it. Source: ISO 19011; ISO/IEC 42001, 9.2.
 */
export function ownWorkOf(state: Worked, team: readonly Email[], on: IsoDate, criteria?: readonly string[]): OwnWork[] {
  const isAudited = (id: string) => !criteria || criteria.includes(id);
  const owned = Object.entries(requirementsOf(state)).flatMap(([requirementId, { rating }]): OwnWork[] =>
    rating && team.includes(rating.owner) && isAudited(requirementId) ? [{ email: rating.owner, requirementId }] : [],
  );
  return [
    ...owned,
    ...team.flatMap((email) => workBefore(state, email, on).filter((one) => isAudited(one.requirementId))),
  ];
}

/** R9: what somebody owned, answered or reviewed until a day, in the years before it. */
export function workBefore({ workedOn = {}, workedFrom = {}, body }: Worked, email: Email, on: IsoDate): OwnWork[] {
  const from = workedFrom[email] ?? {};
  return Object.entries(workedOn[email] ?? {})
    .filter(([id, lastOn]) => (from[id] ?? lastOn) <= on && on < independentFrom(lastOn, body.profile))
    .map(([requirementId, lastOn]) => ({ email, requirementId, lastOn }));
}

/**
 * R26: who consulted on the system, or worked for the organization in it, does not audit it for the body in the years after.
 * Gives the last day on which somebody did, where that counts on a day. Source: ISO/IEC 17021-1, 5.2.10.
 */
export function workedForOrganization(
  { formerly = {}, body }: Pick<ProgramState, 'formerly' | 'body'>,
  email: Email,
  on: IsoDate,
): IsoDate | undefined {
  const lastOn = formerly[email];
  return lastOn && on < independentFrom(lastOn, body.profile) ? lastOn : undefined;
}
