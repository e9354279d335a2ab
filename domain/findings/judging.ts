import { ownerOf } from '../assessment/owner.ts';
import { mustNotHaveConsulted } from '../audits/scheduling.ts';
import type { Email, IsoDate } from '../basics.ts';
import { actedOn } from '../certificate/changing.ts';
import type { Draft } from '../draft.ts';
import { mayAnswerFor } from '../people/absence.ts';
import { hasRole } from '../people/people.ts';
import { forbidden, refuse } from '../refusal.ts';
import { bodyAuditors } from '../registry/roles.ts';
import type { ProgramState } from '../state.ts';
import type { Finding, Nonconformity } from './finding.ts';
import { isOfBodyFinding } from './queries.ts';

/** The finding, which must be a nonconformity in one of some statuses. */
export function nonconformity<S extends Nonconformity['status']>(
  draft: Draft,
  findingId: string,
  ...possible: S[]
): Nonconformity & { status: S } {
  const finding = draft.finding(findingId);
  if (finding.status === 'withdrawn') refuse('state', 'findingWithdrawn', { findingId });
  if (finding.status === 'noted') refuse('R4', 'asksForNoAction', { findingId, grade: finding.grade });
  if (!isIn(finding, possible)) refuse('state', 'findingNotInStatus', { findingId, status: finding.status, possible });
  return finding;
}

/** The owner of the requirement, their deputy and the program manager answer for a nonconformity. */
export function mustAnswerFor(draft: Draft, { id: findingId, requirementId }: Finding): void {
  const { state, today } = draft;
  const { email } = draft.actor;
  const isTheirs = (other: Email) => mayAnswerFor(state, email, other, today);
  const isAsked = draft.openTasksOf(undefined, { findingId }).some(({ assignee }) => isTheirs(assignee));
  if (isAsked || isTheirs(ownerOf(draft, requirementId)) || hasRole(state, email, 'programManager')) return;
  forbidden('answeredByOwner', { findingId, requirementId, email });
}

/**
 * Findings of the body are judged by its auditors, those of an internal audit by internal auditors who do not own
 * them (R9), and none of the body's by who was of the organization (R26).
 */
export function mustAuditFor(draft: Draft, finding: Finding): void {
  const email = draft.sender;
  const { id: findingId, requirementId } = finding;
  if (isOfBodyFinding(draft.state, finding)) {
    if (!hasRole(draft.state, email, ...bodyAuditors)) forbidden('judgedByBody', { findingId });
    mustNotHaveConsulted(draft, [email], draft.on);
    return;
  }
  if (!hasRole(draft.state, email, 'internalAuditor')) forbidden('judgedByInternalAuditor', { findingId });
  if (ownerOf(draft, requirementId) === email) refuse('R9', 'ownersDoNotJudge', { email, requirementId, findingId });
}

/** R20: the state in which a finding was judged on a day, by the body if it is one of its own. */
export function judgedOn(state: ProgramState, findingId: string, on: IsoDate): ProgramState {
  const finding = state.findings[findingId];
  return finding && isOfBodyFinding(state, finding) ? actedOn(state, on) : state;
}

function isIn<S extends Nonconformity['status']>(
  finding: Nonconformity,
  statuses: readonly S[],
): finding is Nonconformity & { status: S } {
  return statuses.some((status) => status === finding.status);
}
