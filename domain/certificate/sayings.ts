import type { Audit, AuditKind, DecisionKind, Occasion, Recommendation } from '../audits/audit.ts';
import type { IsoDate } from '../basics.ts';
import type { OpenNonconformities } from '../rules/decision.ts';
import type { Certificate, SuspensionGround } from './certificate.ts';

type Status = Certificate['status'];

/** What the domain says about decisions and certificates. */
export interface CertificateSayings {
  certificateIsSo: Record<never, never>;
  renewedDatesStay: { lastDay: IsoDate };
  decidedAfterSuspension: { decidedOn: IsoDate; changedOn: IsoDate };
  nothingToReinstate: Record<never, never>;
  datesStayAfterRestoration: { endedOn: IsoDate };
  noSuspensionToDate: Record<never, never>;
  suspendedByClock: { findingId: string };
  suspendedAfterLastDay: { suspendedOn: IsoDate; lastDay: IsoDate };
  cycleWentOn: { auditId: string; kind: AuditKind };
  certificatePutRight: { reason: string };
  noCertificateYet: Record<never, never>;
  certificateInOtherStatus: { status: Status; allowed: Status[] };

  decideOnAudit: { kind: AuditKind; auditId: string };
  auditHasItsOutcome: Record<never, never>;
  decideOnRecommendation: { kind: AuditKind; auditId: string; recommends: Recommendation };
  nameDecider: { kind: AuditKind; auditId: string };
  nobodyMayDecide: { kind: AuditKind; auditId: string };
  deciderNamed: { name: string };
  decidedByOther: Record<never, never>;
  recommendationDecided: Record<never, never>;
  nothingRecommended: { auditId: string };
  deciderAudited: { name: string; kind: AuditKind; auditId: string };
  decisionTaken: { decision: DecisionKind };
  decisionRestsOnOtherAudit: { auditId: string; kind: AuditKind };
  noOutcomeToDecideOn: { auditId: string; status: Audit['status'] };
  decisionTakenBefore: { auditId: string };
  decisionRestsOnLast: { auditId: string; lastId?: string };
  decisionRestsOnNewStage2: { auditId: string };
  noDecisionOnOutdatedStage2: { auditId: string; untilOn: IsoDate };
  deciderWasOfOrganization: { name: string; lastOn: IsoDate; from: IsoDate };
  deciderWasOnTeam: { name: string; kind: AuditKind; auditId: string };
  decisionNotAllowed: { decision: DecisionKind; open: OpenNonconformities; allowed: DecisionKind[] };
  grantNeedsNumber: Record<never, never>;
  nothingTakesEffect: Record<never, never>;
  takesEffectBeforeDecision: { validFrom: IsoDate; decidedOn: IsoDate };
  takesEffectTooLate: { validFrom: IsoDate; decidedOn: IsoDate; until: IsoDate };
  leavesGap: { validFrom: IsoDate; next: IsoDate };
  certifiedAsAudited: { statement: string };
  applyForExtension: Record<never, never>;
  recertified: Record<never, never>;
  newCycleHasItsOwnAudits: Record<never, never>;

  expiredAndNotExtended: { lastDay: IsoDate };
  decidedInTime: { decidedOn: IsoDate };
  decidedBeforeLapse: { lastDay: IsoDate };
  certifiedAnewSince: { kind: AuditKind; auditId: string };
  restorableNoLonger: { lastDay: IsoDate; untilOn: IsoDate };
  restoringRestsOnRecertification: { auditId: string; kind: AuditKind; status: Audit['status'] };
  restoringRestsOnLapsedCycle: { auditId: string };
  recertificationRefusedOn: { auditId: string };
  cannotBeRestored: { open: OpenNonconformities };
  certificateRestored: Record<never, never>;

  groundIsTheBodys: { ground: SuspensionGround };
  resolveSuspension: { number: string; untilOn: IsoDate };
  certificateReinstated: Record<never, never>;
  staysSuspended: { number: string; suspendedOn: IsoDate; untilOn: IsoDate };
  resolvedByDecision: { findingId: string };
  verifiedInTime: { findingId: string };
  suspendedByMistake: { findingId: string };
  suspensionLongOver: { on: IsoDate; untilOn: IsoDate };
  suspensionToldFirst: { untilOn: IsoDate };
  suspensionOver: { untilOn: IsoDate };
  suspensionUnresolved: { findings: string[] };

  scopeCertifiedAlready: Record<never, never>;
  scopeReduced: { reason: string };
  specialNeedsOccasion: Record<never, never>;
  extensionAppliedFor: { reason: string };
  heldAtShortNotice: { reason: string };
  onlyExtensionHasScope: { occasion: Occasion };
  shortNoticeIsTheBodys: { occasion: Occasion };
  notSuspended: { status: Status };
  specialNeedsCertificate: { status?: Status };
  extensionNeedsScope: Record<never, never>;
  extensionWaitsForReinstatement: Record<never, never>;
  extensionUndecided: { auditId: string };
  nothingToExtend: { lastDay: IsoDate };

  hasTheCertificate: { body: string };
  nothingToTransfer: Record<never, never>;
  onlyValidIsTransferred: { status: Status; lastDay: IsoDate };
  transferredBeforeDecision: { on: IsoDate; decidedOn: IsoDate };
  transferredBeforeLastAct: { on: IsoDate; lastAct: IsoDate };
  auditBegunBeforeTransfer: { kind: AuditKind; auditId: string };
  decisionOpenBeforeTransfer: { kind: AuditKind; auditId: string };
  newBodyVerifiesMajors: { findings: string[]; body: string };
  transferredToBody: { from: string; to: string };
  datesAgreedWithNewBody: { body: string };
  newBodyBeginsWithStage1: { body: string };
  nameNewBodysPeople: { body: string };
  formerBodyLeft: Record<never, never>;

  momentSuspensionEnds: { untilOn: IsoDate };
  momentLastDay: { number: string; lastDay: IsoDate };
  momentRestorationEnds: { untilOn: IsoDate };
  suspensionNotResolved: { untilOn: IsoDate; toldUntil: IsoDate };
  tellOfResolution: { number: string; untilOn: IsoDate; toldUntil: IsoDate };
  withdrawalStands: { toldUntil: IsoDate };
  momentWithdrawalStands: { toldUntil: IsoDate };
  certificateLapsed: { lastDay: IsoDate };
}
