import type { Audit, DecisionKind, Email, Finding } from '../types/index.ts';
import { isOpen } from './findings.ts';

/**
 * R5: what open nonconformities allow. None: granted. Minors only, each with an accepted corrective action plan:
 * granted with corrective action requirements. A major not verified: delayed. Refusing is always allowed, and so is
 * delaying while anything is open. Source: ISO/IEC 17021-1, 9.5.2, and the common practice of bodies.
 */
export function allowedDecisions(findings: Finding[]): DecisionKind[] {
  const open = findings.filter(isOpen);
  if (open.length === 0) return ['granted', 'refused'];
  const answered = open.every((finding) => finding.grade === 'minor' && hasAcceptedPlan(finding));
  return answered ? ['grantedWithCorrectiveAction', 'delayed', 'refused'] : ['delayed', 'refused'];
}

/** R5 in words: why these decisions and no others. */
export function explainDecision(findings: Finding[]): string {
  const open = findings.filter(isOpen);
  const majors = open.filter((finding) => finding.grade === 'major');
  const unplanned = open.filter((finding) => finding.grade === 'minor' && !hasAcceptedPlan(finding));
  if (majors.length > 0) return `major nonconformity ${ids(majors)} is not corrected and verified`;
  if (unplanned.length > 0) return `minor nonconformity ${ids(unplanned)} has no accepted corrective action plan`;
  if (open.length > 0) return `minor nonconformity ${ids(open)} is open with an accepted plan`;
  return 'no nonconformity is open';
}

/** R8: whoever decides was not on the team of an audit that the decision rests on. Source: ISO/IEC 17021-1, 9.5.1. */
export function auditsDeciderTookPartIn(decider: Email, audits: Audit[]): Audit[] {
  return audits.filter((audit) => audit.team.includes(decider));
}

function hasAcceptedPlan(finding: Finding): boolean {
  return finding.status === 'planAccepted' || finding.status === 'done';
}

function ids(findings: Finding[]): string {
  return findings.map((finding) => finding.id).join(', ');
}
