import type { AuditKind } from '../../../domain/audits/audit.ts';
import type { Email } from '../../../domain/basics.ts';
import type { TaskKind } from '../../../domain/tasks/task.ts';
import {
  decisionMaker,
  internalAuditor,
  leadAuditor,
  manager,
  owner,
  sponsor,
  topManagement,
} from '../../workflows/support/people.ts';

const people: Record<Email, string> = {
  [manager]: 'the program manager',
  [sponsor]: 'the sponsor',
  [topManagement]: 'top management',
  [owner]: 'the owner',
  [internalAuditor]: 'the internal auditor',
  [leadAuditor]: 'the lead auditor',
  [decisionMaker]: 'the decision maker',
};

/** Who somebody is in the programs of the scenarios. */
export function who(email: Email): string {
  return people[email] ?? email;
}

/** An audit of a kind, as a sentence begins or goes on with it. */
export const audits: Record<AuditKind, string> = {
  internal: 'the internal audit',
  stage1: 'Stage 1',
  stage2: 'Stage 2',
  surveillance: 'the surveillance audit',
  recertification: 'the recertification audit',
  special: 'the special audit',
};

/** What a task asks for. */
export const asks: Record<TaskKind, string> = {
  gapAssessment: 'the gap assessment',
  evidence: 'evidence',
  impactAssessment: 'an impact assessment',
  applicabilityReview: 'a review of the statement of applicability',
  auditSchedule: 'the dates of an audit',
  missedAudit: 'how a missed audit is made good',
  auditOutcome: 'the outcome of an audit',
  managementReview: 'a management review',
  concern: 'an answer to a concern',
  correctiveActionPlan: 'a corrective action plan',
  planReview: 'a review of the plan',
  correctiveAction: 'the corrective action',
  verification: 'verification',
  effectivenessCheck: 'an effectiveness check',
  readinessChecklist: 'the readiness checklist',
  decision: 'the decision',
  recommendation: 'a decision on what the audit team recommends',
  deciderNeeded: 'who decides',
  suspension: 'what resolves the suspension',
  incident: 'the reaction to an incident',
  complaint: 'the answer to a complaint',
  earlierAudit: 'an audit that was held before',
  adoption: 'what was not known when it was taken over',
  manual: 'a piece of work',
};
