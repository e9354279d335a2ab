import { type Audit, type AuditKind, type AuditResult, isHeld } from '../audits/audit.ts';
import type { IsoDate } from '../basics.ts';
import { addMonths } from '../calendar.ts';
import type { BodyProfile } from '../certificate/bodyProfile.ts';
import { type Grade, isUnverified } from '../findings/finding.ts';
import { type Saying, say } from '../say.ts';
import type { ProgramState } from '../state.ts';
import { isInternallyAudited, notAuditedInternally, requirementsThatApply } from './internalAudits.ts';

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

/**
 * R19: an extension of scope ends completed and is decided on; an audit at short notice can also end with the certificate
 * maintained, suspended or withdrawn.
 */
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
 * R2 and the gate to Stage 1: internal audits of all requirements that apply, one or several together, have their outcome,
 * no major of them is open, each minor has an accepted plan, and a management review was held. Gives what is still lacking.
 */
export function gateToStage1(state: ProgramState): Saying[] {
  const lacking: Saying[] = [];
  if (!isInternallyAudited(state)) lacking.push(lacksInternalAudit(state));
  for (const { id: findingId, grade, status } of Object.values(state.findings).filter(isUnverified)) {
    if (grade === 'major') lacking.push(say('lacksVerification', { findingId }));
    else if (status !== 'planAccepted' && status !== 'done') lacking.push(say('lacksAcceptedPlan', { findingId }));
  }
  if (state.reviews.length === 0) lacking.push(say('lacksManagementReview', {}));
  return lacking;
}

/** R2: what an internal audit still has to look at; no requirement is named where none has been audited. */
export function lacksInternalAudit(state: ProgramState): Saying {
  const requirements = notAuditedInternally(state);
  const isNothingAudited = requirements.length === requirementsThatApply(state).length;
  return say('lacksInternalAudit', { requirements: isNothingAudited ? [] : requirements });
}

/** Whether the last management review was held before the internal audit ended: its results were not an input. */
export function reviewPrecedesInternalAudit({ audits, reviews }: Pick<ProgramState, 'audits' | 'reviews'>): boolean {
  const lastAudit = Object.values(audits)
    .filter(isHeld)
    .flatMap(({ kind, endsOn }) => (kind === 'internal' ? [endsOn] : []))
    .sort()
    .at(-1);
  const lastReview = reviews.at(-1)?.heldOn;
  return lastAudit !== undefined && lastReview !== undefined && lastReview < lastAudit;
}

/**
 * R3: the last day on which Stage 2 may begin; past it Stage 1 is repeated. The standard sets no maximum, the body
 * does. Source: EA FAQ 49.3.
 */
export function stage2BeginsUntil(lastDayOfStage1: IsoDate, profile: BodyProfile): IsoDate {
  return addMonths(lastDayOfStage1, profile.stage1ToStage2Months);
}
