import type { Audit } from '../audits/audit.ts';
import type { ProgramState } from '../state.ts';
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
