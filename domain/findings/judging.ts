import { ownerOf } from '../assessment/owner.ts';
import type { Draft } from '../draft.ts';
import { hasRole } from '../people/people.ts';
import { forbidden, refuse } from '../refusal.ts';
import { bodyAuditors } from '../registry/roles.ts';
import type { Finding, Nonconformity } from './finding.ts';
import { isOfBodyFinding } from './queries.ts';

/** The finding, which must be a nonconformity in one of some statuses. */
export function nonconformity<S extends Nonconformity['status']>(
  draft: Draft,
  findingId: string,
  ...possible: S[]
): Nonconformity & { status: S } {
  const finding = draft.finding(findingId);
  if (finding.status === 'noted') refuse('R4', 'asksForNoAction', { findingId, grade: finding.grade });
  if (!isIn(finding, possible)) refuse('state', 'findingNotInStatus', { findingId, status: finding.status, possible });
  return finding;
}

/** The owner of the requirement and the program manager answer for a nonconformity. */
export function mustAnswerFor(draft: Draft, { id: findingId, requirementId }: Finding): void {
  const { email } = draft.actor;
  const isAsked = draft.openTasksOf(undefined, { findingId }).some((task) => task.assignee === email);
  if (isAsked || email === ownerOf(draft, requirementId) || hasRole(draft.state, email, 'programManager')) return;
  forbidden('answeredByOwner', { findingId, requirementId, email });
}

/** Findings of the body are judged by its auditors, those of an internal audit by internal auditors who do not own them (R9). */
export function mustAuditFor(draft: Draft, finding: Finding): void {
  const { email } = draft.actor;
  const { id: findingId, requirementId } = finding;
  if (isOfBodyFinding(draft.state, finding)) {
    if (!hasRole(draft.state, email, ...bodyAuditors)) forbidden('judgedByBody', { findingId });
    return;
  }
  if (!hasRole(draft.state, email, 'internalAuditor')) forbidden('judgedByInternalAuditor', { findingId });
  if (ownerOf(draft, requirementId) === email) refuse('R9', 'ownersDoNotJudge', { email, requirementId, findingId });
}

function isIn<S extends Nonconformity['status']>(
  finding: Nonconformity,
  statuses: readonly S[],
): finding is Nonconformity & { status: S } {
  return statuses.some((status) => status === finding.status);
}
