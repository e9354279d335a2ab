import type { Audit, DecisionKind } from '../audits/audit.ts';
import type { Email } from '../basics.ts';
import { type Finding, isUnverified } from '../findings/finding.ts';

/** R5: the open nonconformities that say what can be decided: those of the gravest kind, by their ids. */
export interface OpenNonconformities {
  /** `unplanned`: minors without an accepted plan; `planned`: with one. */
  kind: 'major' | 'unplanned' | 'planned' | 'none';
  ids: string[];
}

/**
 * R5: what open nonconformities allow. None: granted. Minors only, each with an accepted corrective action plan:
 * granted with corrective action requirements. A major not verified: delayed. Refusing is always allowed, and so is
 * delaying while anything is open. Source: ISO/IEC 17021-1, 9.5.2, and the common practice of bodies.
 */
export function allowedDecisions(findings: Finding[]): DecisionKind[] {
  switch (openNonconformities(findings).kind) {
    case 'none':
      return ['granted', 'refused'];
    case 'planned':
      return ['grantedWithCorrectiveAction', 'delayed', 'refused'];
    default:
      return ['delayed', 'refused'];
  }
}

/** R5: why these decisions and no others. */
export function openNonconformities(findings: Finding[]): OpenNonconformities {
  const open = findings.filter(isUnverified);
  const majors = open.filter(({ grade }) => grade === 'major');
  if (majors.length > 0) return { kind: 'major', ids: idsOf(majors) };
  const unplanned = open.filter(({ status }) => status !== 'planAccepted' && status !== 'done');
  if (unplanned.length > 0) return { kind: 'unplanned', ids: idsOf(unplanned) };
  return { kind: open.length > 0 ? 'planned' : 'none', ids: idsOf(open) };
}

/** Whether a decision gives what was applied for. */
export function isGrant(decision: DecisionKind): boolean {
  return decision === 'granted' || decision === 'grantedWithCorrectiveAction';
}

/** R8: whoever decides was not on the team of an audit that the decision rests on. Source: ISO/IEC 17021-1, 9.5.1. */
export function auditsDeciderTookPartIn(decider: Email, audits: Audit[]): Audit[] {
  return audits.filter((audit) => audit.team.includes(decider));
}

function idsOf(findings: Finding[]): string[] {
  return findings.map(({ id }) => id);
}
