import {
  type Audit,
  type AuditKind,
  type AuditResult,
  type DecisionKind,
  everOnTeam,
  type HeldAudit,
  isHeld,
  type Recommendation,
} from '../audits/audit.ts';
import type { Email, IsoDate } from '../basics.ts';
import { latest } from '../calendar.ts';
import type { CertificateStatus } from '../certificate/certificate.ts';
import { mapped } from '../changing.ts';
import { type Finding, isUnverified, needsNoAction } from '../findings/finding.ts';
import type { Scope } from '../program/scope.ts';
import type { ProgramState } from '../state.ts';

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

/**
 * R5, R28: nonconformities as they stood on the day of a decision: what was verified, or whose plan was accepted, after it
 * was still open, or without an accepted plan, then.
 */
export function standingOn(findings: Finding[], on: IsoDate): Finding[] {
  return findings.map((finding) => {
    if (needsNoAction(finding) || finding.status === 'open') return finding;
    const accepted = finding.acceptedOn === undefined || finding.acceptedOn <= on;
    if (isUnverified(finding)) return accepted ? finding : { ...finding, status: 'planned' };
    if (finding.partOf || !finding.plan || (finding.verifiedOn ?? finding.closedOn) <= on) return finding;
    const { closedOn: _, verifiedOn: __, plan, ...rest } = finding;
    return { ...rest, plan, status: accepted ? 'planAccepted' : 'planned' };
  });
}

/** R5, R28: the first day on which a grant can rest on an audit: with its outcome, and every major verified. */
export function grantableFrom({ outcomeOn, endsOn }: HeldAudit, findings: Finding[]): IsoDate {
  const verified = findings.flatMap((finding) =>
    finding.grade !== 'major' || needsNoAction(finding) || isUnverified(finding)
      ? []
      : [finding.verifiedOn ?? finding.closedOn],
  );
  return latest(outcomeOn ?? endsOn, ...verified);
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

/**
 * R8: whoever decides took no part in an audit that the decision rests on: neither on its team, nor on one before a
 * change of the team, nor by a finding. Gives those in which somebody did. Source: ISO/IEC 17021-1, 9.5.1.
 */
export function auditsDeciderTookPartIn(decider: Email, audits: Audit[], findings: Finding[]): Audit[] {
  const found = new Set(findings.filter(({ raisedBy }) => raisedBy === decider).map(({ auditId }) => auditId));
  return audits.filter((audit) => found.has(audit.id) || everOnTeam(audit).includes(decider));
}

/**
 * R8: the audits that a decision on one rests on: itself; its Stage 1 and the attempts that it repeats, in the same cycle;
 * of a special audit itself alone. Source: ISO/IEC 17021-1, 9.5.1.
 */
export function auditsDecidedOn({ audits }: Pick<ProgramState, 'audits'>, decided: Audit): Audit[] {
  return Object.values(audits).filter((audit) => {
    if (audit.id === decided.id) return true;
    if (audit.cycle !== decided.cycle) return false;
    return rests[decided.kind].includes(audit.kind);
  });
}

/**
 * R25: what the outcome of an audit recommends for the certificate; nothing where it leaves it as it is. Suspending,
 * withdrawing and reinstating are decided by somebody who did not audit. Source: ISO/IEC 17021-1, 9.6.1 and 9.5.1.
 */
export function recommendationOf(result: AuditResult, status: CertificateStatus = 'none'): Recommendation | undefined {
  if (result === 'suspend') return status === 'valid' ? 'suspend' : undefined;
  if (result === 'withdraw') return status === 'none' || status === 'withdrawn' ? undefined : 'withdraw';
  return result === 'maintained' && status === 'suspended' ? 'reinstate' : undefined;
}

/** R29: what is certified is the scope that was audited. Source: ISO/IEC 17021-1, 8.2.2 and 9.5.2. */
export function certifiedScope({ scope }: Pick<ProgramState, 'scope'>, { auditedScope }: HeldAudit): Scope {
  return auditedScope ?? scope;
}

/**
 * R29: the audits as a change of the scope leaves them: those that are over were of the scope before it.
 */
export function withScopeAudited(
  audits: ProgramState['audits'],
  before: Scope,
  changedOn: IsoDate,
): ProgramState['audits'] {
  return mapped(audits, (audit) => {
    const isOver = isHeld(audit) || (audit.status === 'scheduled' && audit.endsOn < changedOn);
    return isOver && isCertifying(audit) ? { ...audit, auditedScope: audit.auditedScope ?? before } : audit;
  });
}

/** Whether a certificate is granted or renewed on an audit. */
function isCertifying({ kind }: Pick<Audit, 'kind'>): boolean {
  return kind === 'stage2' || kind === 'recertification';
}

/** The kinds of audit that a decision on one of a kind rests on beside itself. */
const rests: Record<AuditKind, readonly AuditKind[]> = {
  internal: [],
  stage1: [],
  stage2: ['stage1', 'stage2'],
  surveillance: [],
  recertification: ['stage1', 'recertification'],
  special: [],
};

function idsOf(findings: Finding[]): string[] {
  return findings.map(({ id }) => id);
}
