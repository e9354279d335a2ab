import type { AuditKind } from '../audits/audit.ts';
import type { IsoDate } from '../basics.ts';
import type { Deadline, FindingStatus, Grade, NonconformityGrade } from './finding.ts';

/** What the domain says about findings. */
export interface FindingSayings {
  // What is asked for
  taskAnswerConcern: { findingId: string; requirementId: string };
  taskPlanAction: { findingId: string; grade: NonconformityGrade; requirementId: string };
  taskReviewPlan: { findingId: string };
  taskCarryOutAction: { findingId: string; requirementId: string };
  taskVerifyAction: { findingId: string };
  taskCheckEffectiveness: { findingId: string };

  // What ends it
  planSubmitted: Record<never, never>;
  newPlanSubmitted: Record<never, never>;
  planReviewed: { verdict: 'accept' | 'reject' };
  actionReported: Record<never, never>;
  actionVerified: { effective: boolean };
  effectivenessChecked: { effective: boolean };
  raisedToOneMajor: { findingId: string; together: string[] };

  // Refusals
  asksForNoAction: { findingId: string; grade: Grade };
  findingNotInStatus: { findingId: string; status: FindingStatus; possible: readonly FindingStatus[] };
  answeredByOwner: { findingId: string; requirementId: string; email: string };
  judgedByBody: { findingId: string };
  judgedByInternalAuditor: { findingId: string };
  ownersDoNotJudge: { email: string; requirementId: string; findingId: string };
  majorVerifiedUntil: { verifyDueOn: IsoDate };
  pastItsEnd: { dueOn: IsoDate; end: IsoDate };
  checkedBeforeDone: { effectivenessOn: IsoDate; dueOn: IsoDate };
  checkedLater: { findingId: string; effectivenessOn: IsoDate };
  findingWithdrawn: { findingId: string };
  findingPutRight: { findingId: string; reason: string };
  verifiedBeforeAudit: { auditId: string; kind: AuditKind; verifiedOn: IsoDate };
  noLongerPart: { majorId: string };
  nothingToPutRight: { findingId: string };
  majorAlready: { findingId: string };
  differentSides: { findingId: string; other: string };

  // Deadlines
  notVerifiedInTime: { findingId: string; dueOn: IsoDate };
  momentOfDeadline: { findingId: string; grade: NonconformityGrade; deadline: Deadline };
}
