import { requirementsOf } from '../assessment/requirements.ts';
import { type Audit, type HeldAudit, isHeld } from '../audits/audit.ts';
import type { IsoDate } from '../basics.ts';
import { earliest, latest } from '../calendar.ts';
import type { ProgramState } from '../state.ts';

type Audited = Pick<ProgramState, 'audits' | 'standard' | 'requirements' | 'applicability'>;

/**
 * The day since which every requirement that applies has been audited internally: that of the one whose last audit is
 * longest ago. One audit of all requirements, or several that cover all of them together; an audit of some requirements
 * counts for these alone. Undefined while one was never audited. Source: ISO/IEC 42001, 9.2; ISO/IEC 17021-1, 9.3.1.2.
 */
export function internallyAuditedOn(state: Audited): IsoDate | undefined {
  const { ofAll, ofSome } = heldInternally(state);
  if (ofSome.length === 0) return ofAll;
  let oldest: IsoDate | undefined;
  for (const id of requirementsThatApply(state)) {
    const on = ofSome.reduce(
      (last, { criteria = [], endsOn }) => (criteria.includes(id) && (!last || endsOn > last) ? endsOn : last),
      ofAll,
    );
    if (!on) return undefined;
    oldest = oldest ? earliest(oldest, on) : on;
  }
  return oldest;
}

/** R2: the requirements that apply and that no internal audit has looked at yet. */
export function notAuditedInternally(state: Audited): string[] {
  const { ofAll, ofSome } = heldInternally(state);
  if (ofAll) return [];
  const covered = new Set(ofSome.flatMap(({ criteria = [] }) => criteria));
  return requirementsThatApply(state).filter((id) => !covered.has(id));
}

/** R2: whether every requirement that applies was audited internally. */
export function isInternallyAudited(state: Audited): boolean {
  return internallyAuditedOn(state) !== undefined;
}

/** The numbers of the requirements that apply: all but the controls that the statement of applicability rules out. */
export function requirementsThatApply(
  state: Pick<ProgramState, 'standard' | 'requirements' | 'applicability'>,
): string[] {
  return Object.keys(requirementsOf(state)).filter((id) => state.applicability[id]?.applicable !== false);
}

/** The last day of the last audit of all requirements, and those of some that came after it. */
function heldInternally({ audits }: Audited): { ofAll: IsoDate | undefined; ofSome: HeldAudit[] } {
  const held = Object.values(audits).filter(isHeldInternally);
  const ofAll = held
    .flatMap(({ criteria, endsOn }) => (criteria ? [] : [endsOn]))
    .reduce<IsoDate | undefined>((last, endsOn) => (last ? latest(last, endsOn) : endsOn), undefined);
  return { ofAll, ofSome: held.filter(({ criteria, endsOn }) => criteria && (!ofAll || endsOn > ofAll)) };
}

function isHeldInternally(one: Audit): one is HeldAudit {
  return one.kind === 'internal' && isHeld(one);
}
