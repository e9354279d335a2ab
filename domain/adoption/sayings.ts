import type { AuditKind, AuditResult } from '../audits/audit.ts';
import type { IsoDate, Phase } from '../basics.ts';
import type { AdoptedCertificate, AdoptedFinding } from './adoption.ts';

type CertificateStatus = AdoptedCertificate['status'];

/** What the domain says about taking over a program under way. */
export interface AdoptionSayings {
  certificateNeeded: Record<never, never>;
  certificateNeedsCycle: { phase: Phase };
  ratingsNeeded: { lacking: number };
  validUntilBeforeAccepted: { validUntil: IsoDate; acceptedOn: IsoDate };

  adoptedDecisionAhead: { decidedOn: IsoDate };
  lastDayBeforeDecision: { lastDay: IsoDate; decidedOn: IsoDate };
  validFromOutside: { validFrom: IsoDate };
  validForTooLong: { validFrom: IsoDate };
  firstDecisionNeeded: { cycle: number };
  firstDecisionIsTheDecision: { decidedOn: IsoDate };
  firstDecisionAfterDecision: { initialDecisionOn: IsoDate; cycle: number; decidedOn: IsoDate };
  lastDayTooLate: { lastDay: IsoDate; years: number; longest: IsoDate; rule: 'R12' | 'R15' };
  notLapsedYet: { lastDay: IsoDate };
  lapsedForGood: { lastDay: IsoDate; until: IsoDate };
  lapsedNotLive: { lastDay: IsoDate; status: CertificateStatus; until: IsoDate };
  suspendedOnNeeded: Record<never, never>;
  suspendedOnSuperfluous: { status: CertificateStatus };
  suspendedForTooLong: { suspendedOn: IsoDate; endedOn: IsoDate };
  endsUnusuallyEarly: { lastDay: IsoDate; years: number };

  adoptedAuditAhead: { endsOn: IsoDate };
  adoptedAuditEndsOtherwise: { kind: AuditKind; results: readonly AuditResult[]; result: AuditResult };
  adoptedAuditOfOtherPhase: { kind: AuditKind; phase: Phase };
  adoptedAuditWithoutCertificate: { kind: AuditKind };
  stageAfterDecision: { kind: AuditKind; endsOn: IsoDate; decidedOn: IsoDate };
  auditBeforeInitialDecision: { kind: AuditKind; startsOn: IsoDate; initialDecisionOn: IsoDate };
  endedWithWithdrawal: Record<never, never>;
  stage2WithoutStage1: Record<never, never>;
  stage2LongAfterStage1: { startsOn: IsoDate; months: number };
  stage1AfterStage2: Record<never, never>;

  agreedInOtherPhase: { kind: AuditKind; phase: Phase };
  agreedAlready: { kind: AuditKind; on: IsoDate };
  stage2AgreedTooEarly: Record<never, never>;
  stageHeldAlready: { kind: 'stage1' | 'stage2' };
  auditNotOwed: { kind: AuditKind };

  dueBeforeRaised: { on: IsoDate; raisedOn: IsoDate };
  concernIsOpen: Record<never, never>;
  adoptedPlanNeeded: { status: AdoptedFinding['status'] };
  raisedInUnknownAudit: { kind: AuditKind; raisedOn: IsoDate };
  majorBeforeDecision: { decidedOn: IsoDate };
  majorNotVerifiedInTime: { verifyDueOn: IsoDate };

  notKnownAtTakeover: Record<never, never>;
  enterRatings: { missing: number };
  enterInternalAudit: Record<never, never>;
  enterManagementReview: Record<never, never>;
  submitCertificate: { number: string };
  suspendedSince: { suspendedOn: IsoDate };
  submitSurveillanceReport: { latestOn: IsoDate; rule: string };
  noEarlierAuditAsked: Record<never, never>;
  heldAfterTakeover: { endsOn: IsoDate; takenOverOn: IsoDate };
  internalAuditEntered: { endsOn: IsoDate };
}
