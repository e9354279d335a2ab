import type { TaskKind } from './task.ts';

/** The commands that answer a task, in their order, by its kind. */
export const answeredBy = {
  gapAssessment: ['rateRequirement', 'completeGapAssessment'],
  evidence: ['submitEvidence'],
  impactAssessment: ['submitEvidence'],
  applicabilityReview: ['setApplicability', 'submitEvidence'],
  auditSchedule: ['scheduleAudit'],
  missedAudit: ['scheduleAudit'],
  auditOutcome: ['raiseFinding', 'recordOutcome'],
  managementReview: ['holdManagementReview'],
  concern: ['submitEvidence'],
  correctiveActionPlan: ['planCorrectiveAction'],
  planReview: ['reviewCorrectiveActionPlan'],
  correctiveAction: ['reportCorrectiveActionDone'],
  verification: ['verifyFinding'],
  effectivenessCheck: ['verifyFinding'],
  readinessChecklist: ['submitEvidence'],
  decision: ['recordDecision'],
  recommendation: [
    'suspendCertificate',
    'withdrawCertificate',
    'reinstateCertificate',
    'reduceScope',
    'keepCertificate',
  ],
  deciderNeeded: ['addPerson', 'changePerson'],
  suspension: ['reinstateCertificate', 'reduceScope'],
  incident: ['submitEvidence'],
  complaint: ['submitEvidence'],
  earlierAudit: ['recordEarlierAudit'],
  adoption: ['submitEvidence'],
  manual: ['submitEvidence'],
} as const satisfies Record<TaskKind, readonly string[]>;

/** Whether a task is answered with evidence; the others end with what another command does. */
export function takesEvidence(kind: TaskKind): boolean {
  const commands: readonly string[] = answeredBy[kind];
  return commands.includes('submitEvidence');
}

/** Tasks that auditors or the certification body are asked for; all others are the organization's. */
export const auditorsTasks: readonly TaskKind[] = [
  'auditOutcome',
  'planReview',
  'verification',
  'effectivenessCheck',
  'decision',
  'recommendation',
];
