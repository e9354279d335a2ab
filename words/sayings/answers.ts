import type { TaskKind } from '../../domain/tasks/task.ts';

/** What ends a task that evidence does not end. */
const answers: Partial<Record<TaskKind, string>> = {
  gapAssessment: 'complete the gap assessment',
  auditSchedule: 'schedule the audit',
  missedAudit: 'schedule the audit',
  auditOutcome: 'record the outcome of the audit',
  managementReview: 'record the management review',
  correctiveActionPlan: 'submit the corrective action plan',
  planReview: 'review the corrective action plan',
  correctiveAction: 'report the corrective action done',
  verification: 'verify the finding',
  effectivenessCheck: 'verify the finding',
  decision: 'record the decision',
  recommendation: 'decide on the certificate, or keep it as it is with a reason',
  deciderNeeded: 'add a decision maker who took no part in the audit',
  earlierAudit: 'enter the earlier audit',
  suspension: 'have the certification body reinstate the certificate or reduce its scope',
};

/** What ends a task of a kind in place of evidence, as an imperative. */
export function otherAnswer(kind: TaskKind): string {
  return answers[kind] ?? 'submit evidence';
}
