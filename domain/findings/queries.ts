import type { Audit } from '../audits/audit.ts';
import type { Instant, IsoDate } from '../basics.ts';
import type { ProgramState } from '../state.ts';
import { overAt } from '../tasks/due.ts';
import { type Finding, isUnverified } from './finding.ts';

/** Whether a finding is the certification body's: raised in an audit of its own, and judged by its auditors. */
export function isOfBodyFinding(
  { audits }: Pick<ProgramState, 'audits'>,
  { auditId }: Pick<Finding, 'auditId'>,
): boolean {
  return audits[auditId]?.kind !== 'internal';
}

/** The findings that a decision on an audit must look at: all of the body's that are not verified, and the audit's own. */
export function findingsFor(state: ProgramState, audit: Pick<Audit, 'id'>): Finding[] {
  return Object.values(state.findings).filter(
    (finding) => finding.auditId === audit.id || (isUnverified(finding) && isOfBodyFinding(state, finding)),
  );
}

/** Whether a deadline of a finding has passed: one of the body on its day, one of an internal audit on a working day. */
export function isPast(
  finding: Pick<Finding, 'auditId'>,
  dueOn: IsoDate,
  state: Pick<ProgramState, 'audits' | 'calendar'>,
  now: Instant,
): boolean {
  return overAt({ dueOn, bodyDeadline: isOfBodyFinding(state, finding) }, state.calendar) <= now;
}
