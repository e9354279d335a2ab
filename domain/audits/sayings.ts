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
  restBeforeStage1: { requirements: string[] };
  gateIsPassed: Record<never, never>;
  stage1Repeated: Record<never, never>;
  stage1EndedReady: Record<never, never>;
  stage2DoneAgain: Record<never, never>;
  stage2Suffices: Record<never, never>;
  bodyBeginsWithStage1: Record<never, never>;
  stage1HeldAgain: Record<never, never>;
  taskScheduleAudit: Named & { occasion?: Occasion; targetOn: IsoDate; body?: string };

  // Scheduling
  auditNotToSchedule: { auditId: string; status: Audit['status'] };
  notTheirsToSchedule: { kind: AuditKind; able: Role };
  foundBeforeItBegan: { auditId: string; startsOn: IsoDate; findingId: string; raisedOn: IsoDate };
  pastIsToldByBody: { startsOn: IsoDate; today: IsoDate };
  auditBeforeWhatItFollows: { startsOn: IsoDate; first: IsoDate };
  auditCoversAll: { kind: AuditKind };
  noTeam: Record<never, never>;
  lacksAuditorsRole: { email: string; able: readonly Role[] };
  noLeadAuditor: Record<never, never>;
  ownsWhatIsAudited: { name: string; requirementId: string; more: number };
  workedOnWhatIsAudited: { name: string; requirementId: string; more: number; lastOn: IsoDate; from: IsoDate };
  wasOfOrganization: { name: string; lastOn: IsoDate; from: IsoDate };
  latestDayOfAudit: Named & { latestOn: IsoDate };
  heldAfterLatestDay: Named & { latestOn: IsoDate; rule: string };
  yearWithoutSurveillance: { auditId: string; endsOn: IsoDate; year: number };
  yearStillOwed: { year: number };
  stage2AfterStage1: { endsOn: IsoDate };
  stage2TooLate: { until: IsoDate; from: IsoDate };
  stage1ComesFirst: { auditId?: string };
  auditTakesPlace: { auditId: string; startsOn: IsoDate };
  lastDayMoved: Named;
  auditRescheduled: { auditId: string };
  auditIsScheduled: Record<never, never>;
  taskRecordOutcome: Named;
  nothingToCallOff: { auditId: string; status: Audit['status'] };
  calledOffAfterItBegan: { auditId: string; findingId?: string };
  auditCalledOff: { auditId: string; reason: string };
  otherDaysNeeded: Record<never, never>;

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

  // Putting right
  finalOutdated: { auditId: string; rule: string };
  finalDecided: { auditId: string };
  finalEarlier: Named;
  finalGate: { auditId: string };
  finalNext: Named & { nextId: string };
  onlyHeldIsReopened: { auditId: string; status: Audit['status'] };
  outcomeReopened: { auditId: string; reason: string };

  // The gate to Stage 1
  lacksInternalAudit: { requirements: string[] };
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
  noOutcomeByLastDay: { latestOn: IsoDate; rule: string };
  timeIsOver: { auditId: string; latestOn: IsoDate; rule: string };
  taskMakeUpForMissed: Named;
  stage2WasHeld: { auditId: string; startsOn: IsoDate };
  stage2NotHeld: Record<never, never>;
  stage2GivenUp: { until: IsoDate; from: IsoDate };
  stage2Stands: { auditId: string };
  stage2Outdated: { findings: string[] };
  momentOfAudit: Named & { agreed: boolean };
  momentOfPreparation: Named & { days: number };
  momentOfLatestDay: Named & { rule: string };
  momentOfStage2Latest: { until: IsoDate };
  momentOfMajorsLatest: { auditId: string; findings: string[]; until: IsoDate };
}
