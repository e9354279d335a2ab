import { isComing } from '../audits/audit.ts';
import { isUnverified } from '../findings/finding.ts';
import type { ProgramState } from '../state.ts';
import { isAsked, openTasks } from '../tasks/queries.ts';

/** Whether the program has come to its end, for good. */
export function isEnded({ status }: Pick<ProgramState, 'status'>): boolean {
  return status === 'cancelled' || status === 'closed';
}

/** Whether a task climbed the whole ladder, or a deadline of a finding or the latest date of an audit was missed. */
export function isAtRisk(state: ProgramState): boolean {
  const top = state.ladder.escalations.length;
  return (
    openTasks(state).some(({ escalationLevel }) => top > 0 && escalationLevel >= top) ||
    Object.values(state.findings).some((finding) => isUnverified(finding) && finding.missed.length > 0) ||
    Object.values(state.audits).some((audit) => audit.missed && isComing(audit))
  );
}

/**
 * Whether all that the implementation asked for was accepted or waived; after a refused certification also whether
 * every nonconformity of the body was acted on.
 */
export function implementationDone(state: ProgramState): boolean {
  const unanswered = Object.values(state.findings).some(
    (finding) => isUnverified(finding) && finding.status !== 'done',
  );
  return !isAsked(state, 'evidence', 'impactAssessment') && !unanswered;
}
