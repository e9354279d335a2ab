import { addMonths } from '../calendar.ts';
import type {
  Audit,
  AuditKind,
  AuditResult,
  BodyProfile,
  Email,
  Grade,
  IsoDate,
  ProgramState,
} from '../types/index.ts';
import { isOpen } from './findings.ts';

/**
 * R2: Stage 1 ends ready or not ready, with areas of concern; the other audits end as their kind says.
 * Source: ISO/IEC 17021-1, 9.3.1.2 and 9.6.
 */
export const resultsOf: Record<AuditKind, readonly AuditResult[]> = {
  internal: ['completed'],
  stage1: ['ready', 'notReady'],
  stage2: ['completed'],
  surveillance: ['maintained', 'suspend', 'withdraw'],
  recertification: ['completed'],
  special: ['completed', 'maintained', 'suspend', 'withdraw'],
};

/** R19: an extension of scope ends completed and is decided on; a short-notice audit may also say what becomes of the certificate. */
export function resultsFor({ kind, occasion }: Pick<Audit, 'kind' | 'occasion'>): readonly AuditResult[] {
  return occasion === 'scopeExtension' ? ['completed'] : resultsOf[kind];
}

/** R2: a concern is what Stage 1 raises in place of nonconformities, and only there. */
export function gradesOf(kind: AuditKind): readonly Grade[] {
  return kind === 'stage1'
    ? ['concern', 'observation', 'opportunity']
    : ['major', 'minor', 'observation', 'opportunity'];
}

/**
 * R2 and the gate to Stage 1: an internal audit of all requirements has its outcome, none of its majors is open,
 * each of its minors has an accepted plan, and a management review was held. Gives what is still lacking, in words.
 */
export function gateToStage1(state: ProgramState): string[] {
  const lacking: string[] = [];
  if (!isInternallyAudited(state)) lacking.push('an internal audit of all requirements with its outcome');
  for (const finding of Object.values(state.findings)) {
    if (!isOpen(finding)) continue;
    const answered = finding.grade === 'minor' && (finding.status === 'planAccepted' || finding.status === 'done');
    if (!answered)
      lacking.push(finding.grade === 'major' ? `major ${finding.id} verified` : `an accepted plan for ${finding.id}`);
  }
  if (state.reviews.length === 0) lacking.push('a management review');
  return lacking;
}

/** R2: whether an internal audit of all requirements has its outcome. */
export function isInternallyAudited(state: ProgramState): boolean {
  return Object.values(state.audits).some(
    ({ kind, status, criteria }) => kind === 'internal' && status === 'held' && !criteria,
  );
}

/** Whether the last management review was held before the internal audit ended: its results were not an input. */
export function reviewPrecedesInternalAudit(state: ProgramState): boolean {
  const ends = Object.values(state.audits).filter((audit) => audit.kind === 'internal' && audit.status === 'held');
  const lastAudit = ends
    .map((audit) => audit.endsOn as IsoDate)
    .sort()
    .at(-1);
  const lastReview = state.reviews.at(-1)?.heldOn;
  return lastAudit !== undefined && lastReview !== undefined && lastReview < lastAudit;
}

/**
 * R3: the last day on which Stage 2 may begin; past it Stage 1 is repeated. The standard sets no maximum, the body
 * does. Source: EA FAQ 49.3.
 */
export function stage2BeginsUntil(lastDayOfStage1: IsoDate, profile: BodyProfile): IsoDate {
  return addMonths(lastDayOfStage1, profile.stage1ToStage2Months);
}

/**
 * R9: an internal auditor does not audit what they own. Gives the requirements among the criteria (all when absent)
 * that a member of the team owns. Source: ISO 19011; ISO/IEC 42001, 9.2.
 */
export function ownedByTeam(
  state: Pick<ProgramState, 'requirements'>,
  team: Email[],
  criteria?: string[],
): { requirementId: string; owner: Email }[] {
  return Object.entries(state.requirements)
    .filter(([id, { rating }]) => rating && team.includes(rating.owner) && (!criteria || criteria.includes(id)))
    .map(([requirementId, { rating }]) => ({ requirementId, owner: rating?.owner as Email }));
}
