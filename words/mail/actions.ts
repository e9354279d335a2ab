import type { TaskInMail } from '../../domain/notices.ts';
import type { TaskKind } from '../../domain/tasks/task.ts';
import type { Action, Context } from './types.ts';

/** What the button of a task says: what its assignee does there. */
const taskActions: Record<TaskKind, string> = {
  gapAssessment: 'Rate the requirements',
  evidence: 'Submit evidence',
  impactAssessment: 'Submit the assessment',
  applicabilityReview: 'Check the controls',
  auditSchedule: 'Record the dates',
  missedAudit: 'Record new dates',
  auditOutcome: 'Record the outcome',
  managementReview: 'Record the review',
  concern: 'Submit evidence',
  correctiveActionPlan: 'Write the plan',
  planReview: 'Review the plan',
  correctiveAction: 'Report it done',
  verification: 'Record the verification',
  effectivenessCheck: 'Record the check',
  readinessChecklist: 'Submit the checklist',
  decision: 'Record the decision',
  recommendation: 'Decide on it',
  deciderNeeded: 'Name who decides',
  suspension: 'Record the body’s answer',
  incident: 'Submit evidence',
  complaint: 'Submit your answer',
  earlierAudit: 'Enter the audit',
  adoption: 'Submit evidence',
  manual: 'Submit evidence',
};

/** To the page on which the assignee answers a task. */
export function answer({ id, kind }: TaskInMail, { pages }: Context): Action {
  return { label: taskActions[kind], url: pages.task(id), ofTask: true };
}

/** To the page of a task, for something else than its answer. */
export function onTask(label: string, { id }: TaskInMail, { pages }: Context): Action {
  return { label, url: pages.task(id), ofTask: true };
}

export function openProgram({ pages }: Context): Action {
  return { label: 'Open the program', url: pages.program() };
}

export function openAudit({ id }: { id: string }, { pages }: Context): Action {
  return { label: 'Open the audit', url: pages.audit(id) };
}

export function openFinding({ id }: { id: string }, { pages }: Context): Action {
  return { label: 'Open the finding', url: pages.finding(id) };
}

export function openCertificate({ pages }: Context): Action {
  return { label: 'Open the certificate', url: pages.certificate() };
}

export function openRecord(label: string, seq: number, { pages }: Context): Action {
  return { label, url: pages.record(seq) };
}
