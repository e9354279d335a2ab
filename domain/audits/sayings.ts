import type { IsoDate, Role } from '../basics.ts';
import type { Grade } from '../findings/finding.ts';
import type { Audit, AuditKind, AuditResult, Occasion, SurveillanceTopic } from './audit.ts';
import type { TopicCoverage } from './coverage.ts';

/** An audit by what it is called. */
interface Named {
  auditId: string;
  kind: AuditKind;
}

/** What the domain says about audits. */
export interface AuditSayings {
  // Planning
  onlySpecialAuditHasIt: Record<never, never>;
  notTheirsToPlan: Record<never, never>;
  plannedByCycle: { kind: AuditKind };
  plannedByHand: Record<never, never>;
  recertificationWasRefused: Record<never, never>;
  beforeStage1: Record<never, never>;
  gateIsPassed: Record<never, never>;
  stage1EndedReady: Record<never, never>;
  stage2DoneAgain: Record<never, never>;
  stage2Suffices: Record<never, never>;
  bodyBeginsWithStage1: Record<never, never>;
  stage1HeldAgain: Record<never, never>;
  taskScheduleAudit: Named & { occasion?: Occasion; targetOn: IsoDate; body?: string };

  // Scheduling
  auditNotToSchedule: { auditId: string; status: Audit['status'] };
  onlyLastDayMoves: { auditId: string; startsOn: IsoDate; findingId: string };
  auditCoversAll: { kind: AuditKind };
  noTeam: Record<never, never>;
  lacksAuditorsRole: { email: string; able: readonly Role[] };
  noLeadAuditor: Record<never, never>;
  ownsWhatIsAudited: { name: string; requirementId: string; more: number };
  latestDayOfAudit: Named & { latestOn: IsoDate };
  heldAfterLatestDay: Named & { latestOn: IsoDate; rule: string };
  stage2AfterStage1: { endsOn: IsoDate };
  stage2TooLate: { until: IsoDate; from: IsoDate };
  stage1ComesFirst: { auditId?: string };
  auditTakesPlace: { auditId: string; startsOn: IsoDate };
  auditRescheduled: { auditId: string };
  auditIsScheduled: Record<never, never>;
  taskRecordOutcome: Named;

  // The audit and its outcome
  auditHasOutcome: { auditId: string; result: AuditResult };
  auditNotScheduled: { auditId: string; status: Audit['status'] };
  auditNotBegun: { auditId: string; startsOn: IsoDate };
  auditNotEnded: { auditId: string; endsOn: IsoDate };
  notOnTeam: { email: string; auditId: string; team: string[] };
  gradeNotOfAudit: { kind: AuditKind; allowed: readonly Grade[]; grade: Grade };
  notAmongCriteria: { requirementId: string; auditId: string };
  resultNotOfAudit: { kind: AuditKind; occasion?: Occasion; allowed: readonly AuditResult[]; result: AuditResult };
  onlySurveillanceCovers: Named;
  noSuchTopic: { topic: string; known: readonly SurveillanceTopic[] };
  topicsNotCovered: { auditId: string; topics: SurveillanceTopic[] };
  waitsForStage1: { auditId?: string };
  auditEnded: { auditId: string; result: AuditResult };
  auditWasHeld: { auditId: string };
  stillOpenAtAudit: Named;

  // The gate to Stage 1
  lacksInternalAudit: Record<never, never>;
  lacksVerification: { findingId: string };
  lacksAcceptedPlan: { findingId: string };
  lacksManagementReview: Record<never, never>;
  reviewBeforeInternalAudit: Record<never, never>;

  // Preparation
  auditIsNear: { kind: AuditKind };
  beginsWithStage1: Record<never, never>;
  validOnlyBeforeAudit: { kind: AuditKind; validUntil: IsoDate };
  internalAuditBefore: { kind: AuditKind };
  taskReadinessChecklist: Named;
  checklistCovers: { coverage: TopicCoverage[] };

  // What passes
  lastDayPassed: { latestOn: IsoDate; rule: string };
  timeIsOver: { auditId: string; latestOn: IsoDate; rule: string };
  taskMakeUpForMissed: Named;
  stage2GivenUp: { until: IsoDate; from: IsoDate };
  stage2Outdated: { findings: string[] };
  momentOfAudit: Named & { agreed: boolean };
  momentOfPreparation: Named & { days: number };
  momentOfLatestDay: Named & { rule: string };
  momentOfStage2Latest: { until: IsoDate };
  momentOfMajorsLatest: { auditId: string; findings: string[]; until: IsoDate };
}
