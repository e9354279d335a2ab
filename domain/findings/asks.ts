import { ownerOf } from '../assessment/owner.ts';
import { auditOn } from '../audits/audit.ts';
import { nextExternalAudit } from '../audits/queries.ts';
import type { Email, IsoDate } from '../basics.ts';
import { addDays, addWorkingDays, latest } from '../calendar.ts';
import type { Draft, TaskRequest } from '../draft.ts';
import { successorFor } from '../people/whoAnswers.ts';
import { inTimeFor } from '../rules/certificate.ts';
import { deadlinesInTime } from '../rules/findings.ts';
import { type Saying, say } from '../say.ts';
import type { TaskKind } from '../tasks/task.ts';
import type { AnsweredFinding, Finding, Nonconformity, NonconformityGrade, NotedFinding } from './finding.ts';
import { isOfBodyFinding } from './queries.ts';

/** Days in which a concern of Stage 1 is answered. */
export const concernDays = 30;
/** Working days in which auditors look at a plan, and in which they verify what has no other date. */
const reviewDays = 10;
/** Days in which a minor of the body is verified when no further audit is planned yet. */
const verificationDays = 30;

/** R7, R31: until when a nonconformity that is answered anew is planned and verified, counted from today. */
export function deadlinesFrom(
  draft: Draft,
  { auditId, grade: graded }: Nonconformity,
  grade: NonconformityGrade = graded,
): ReturnType<typeof deadlinesInTime> {
  const { state, today } = draft;
  const { kind } = draft.audit(auditId);
  const { endsOn = today } = { endsOn: undefined, ...draft.audit(auditId) };
  return deadlinesInTime(state, { kind, endsOn }, grade, today, today);
}

/** Asks the owner of the requirement to answer a concern of Stage 1. */
export function askForConcern(draft: Draft, { id, requirementId, statement }: NotedFinding, dueOn: IsoDate): void {
  const title = say('taskAnswerConcern', { findingId: id, requirementId });
  const assignee = ownerOf(draft, requirementId);
  draft.openTask(
    { kind: 'concern', title, assignee, dueOn, requirementId, findingId: id, priority: 'high' },
    statement,
  );
}

/** Asks the owner of the requirement for correction, root cause and corrective action. */
export function askForPlan(draft: Draft, finding: Nonconformity, dueOn: IsoDate): void {
  const { id: findingId, grade, requirementId } = finding;
  draft.openTask(
    {
      kind: 'correctiveActionPlan',
      title: say('taskPlanAction', { findingId, grade, requirementId }),
      ...taskOf(finding),
      assignee: ownerOf(draft, requirementId),
      dueOn,
      bodyDeadline: isOfBodyFinding(draft.state, finding),
    },
    finding.statement,
  );
}

/** Asks an auditor to look at the plan. */
export function askForPlanReview(draft: Draft, finding: Nonconformity): void {
  const title = say('taskReviewPlan', { findingId: finding.id });
  askAuditor(draft, finding, 'planReview', title, inReviewDays(draft, finding));
}

/** Asks the owner of the requirement to do what the accepted plan says. */
export function askForAction(draft: Draft, finding: AnsweredFinding): void {
  const { id: findingId, requirementId, plan } = finding;
  draft.openTask(
    {
      kind: 'correctiveAction',
      title: say('taskCarryOutAction', { findingId, requirementId }),
      ...taskOf(draft.finding(findingId)),
      assignee: ownerOf(draft, requirementId),
      dueOn: stillAhead(draft, plan.dueOn),
      bodyDeadline: isOfBodyFinding(draft.state, finding),
    },
    plan.action,
  );
}

/** Asks an auditor to look at what was done. */
export function askForVerification(draft: Draft, finding: Nonconformity): void {
  const title = say('taskVerifyAction', { findingId: finding.id });
  askAuditor(draft, finding, 'verification', title, verifiedBy(draft, finding));
}

/** Asks an auditor to look, some time later, whether what was done helped. */
export function askForEffectivenessCheck(draft: Draft, finding: Nonconformity): void {
  const title = say('taskCheckEffectiveness', { findingId: finding.id });
  askAuditor(draft, finding, 'effectivenessCheck', title, inReviewDays(draft, finding));
}

/** The day until which an auditor looks at something that has no other date; of the body never past the end that it serves. */
export function inReviewDays({ today, state }: Draft, finding: Pick<Finding, 'auditId'>): IsoDate {
  const dueOn = addWorkingDays(today, reviewDays, state.calendar);
  return isOfBodyFinding(state, finding) ? inTimeFor(state, dueOn, today) : dueOn;
}

/** Asks whoever raised a finding, or another auditor of that side. */
function askAuditor(draft: Draft, finding: Nonconformity, kind: TaskKind, title: Saying, dueOn: IsoDate): void {
  const task = taskOf(draft.finding(finding.id));
  draft.openTask({ kind, title, ...task, assignee: auditorOf(draft, finding), dueOn }, finding.statement);
}

function auditorOf(draft: Draft, finding: Finding): Email {
  return successorFor(draft.state, { kind: 'verification', findingId: finding.id });
}

function taskOf({ id, requirementId, grade }: Finding): Pick<TaskRequest, 'requirementId' | 'findingId' | 'priority'> {
  return { requirementId, findingId: id, priority: grade === 'major' ? 'critical' : 'high' };
}

/** The day itself as long as it has not passed. */
function stillAhead({ today, soonest }: Draft, on: IsoDate): IsoDate {
  return on > today ? on : latest(on, soonest);
}

/** R7 for majors; R14 for minors of the body: at its next audit. */
function verifiedBy(draft: Draft, finding: Nonconformity): IsoDate {
  const { today, state } = draft;
  if (!isOfBodyFinding(state, finding)) return inReviewDays(draft, finding);
  if (finding.verifyDueOn) return latest(finding.verifyDueOn, today);
  const next = state.certificate && nextExternalAudit(state);
  const usual = next ? latest(auditOn(next), today) : addDays(today, verificationDays);
  return inTimeFor(state, usual, today);
}
