import type { RequirementStatus } from '../domain/assessment/requirement.ts';
import type {
  AuditKind,
  AuditResult,
  DecisionKind,
  Recommendation,
  SurveillanceTopic,
} from '../domain/audits/audit.ts';
import type { CadenceName, Phase, ProgramStatus, Role, Weekday } from '../domain/basics.ts';
import type { CertificateStatus } from '../domain/certificate/certificate.ts';
import type { FindingStatus, Grade } from '../domain/findings/finding.ts';
import type { TaskStatus } from '../domain/tasks/task.ts';

/** What statuses, grades, kinds and rules are called, each in one place. */

export const phaseLabels: Record<Phase, string> = {
  gapAssessment: 'gap assessment',
  implementation: 'implementation',
  internalAudit: 'internal audit',
  certificationAudit: 'certification audit',
  surveillanceCycle: 'surveillance cycle',
  closed: 'closed',
};

export const statusLabels: Record<ProgramStatus, string> = {
  planned: 'planned',
  active: 'active',
  paused: 'paused',
  cancelled: 'cancelled',
  closed: 'closed',
};

export const cadenceLabels: Record<CadenceName, string> = {
  managementReview: 'management review',
  internalAudit: 'internal audit',
  riskAssessment: 'risk assessment',
  impactAssessment: 'impact assessment',
  policyReview: 'policy review',
  objectivesReview: 'objectives review',
  improvementReview: 'improvement review',
};

export const requirementStatusLabels: Record<RequirementStatus, string> = {
  conforms: 'conforms',
  partial: 'partial',
  missing: 'missing',
  notApplicable: 'not applicable',
};

export const taskStatusLabels: Record<TaskStatus, string> = {
  open: 'open',
  submitted: 'submitted',
  accepted: 'accepted',
  waived: 'waived',
  cancelled: 'cancelled',
};

export const auditLabels: Record<AuditKind, string> = {
  internal: 'internal audit',
  stage1: 'Stage 1 audit',
  stage2: 'Stage 2 audit',
  surveillance: 'surveillance audit',
  recertification: 'recertification audit',
  special: 'special audit',
};

/** A kind of audit, or a longer name of it, with its article: `an internal audit`. */
export function anAudit(kind: AuditKind, name = auditLabels[kind]): string {
  return `${kind === 'internal' ? 'an' : 'a'} ${name}`;
}

export const resultLabels: Record<AuditResult, string> = {
  ready: 'ready',
  notReady: 'not ready',
  completed: 'completed',
  maintained: 'maintained',
  suspend: 'suspension',
  withdraw: 'withdrawal',
};

/** R13: what a surveillance audit covers. */
export const topicLabels: Record<SurveillanceTopic, string> = {
  internalAuditAndReview: 'internal audit and management review',
  earlierNonconformities: 'actions on earlier nonconformities',
  complaints: 'complaints',
  objectives: 'objectives',
  improvement: 'planned improvement',
  operationalControl: 'operational control',
  changes: 'changes',
  marks: 'use of marks',
};

export const decisionLabels: Record<DecisionKind, string> = {
  granted: 'granted',
  grantedWithCorrectiveAction: 'granted with corrective action',
  delayed: 'delayed',
  refused: 'refused',
};

export const recommendationLabels: Record<Recommendation, string> = {
  suspend: 'suspend the certificate',
  withdraw: 'withdraw the certificate',
  reinstate: 'reinstate the certificate',
};

export const gradeLabels: Record<Grade, string> = {
  major: 'major nonconformity',
  minor: 'minor nonconformity',
  concern: 'area of concern',
  observation: 'observation',
  opportunity: 'opportunity for improvement',
};

export const findingStatusLabels: Record<FindingStatus, string> = {
  open: 'open',
  planned: 'planned',
  planAccepted: 'planned, with its plan accepted',
  done: 'done',
  verified: 'verified',
  closed: 'closed',
  noted: 'noted',
  withdrawn: 'withdrawn',
};

export const certificateLabels: Record<CertificateStatus, string> = {
  none: 'not granted yet',
  valid: 'valid',
  suspended: 'suspended',
  lapsed: 'lapsed',
  withdrawn: 'withdrawn',
};

export const roleLabels: Record<Role, string> = {
  sponsor: 'sponsor',
  topManagement: 'top management',
  programManager: 'program manager',
  owner: 'owner',
  consultant: 'consultant',
  internalAuditor: 'internal auditor',
  viewer: 'viewer',
  leadAuditor: 'lead auditor',
  auditor: 'auditor',
  decisionMaker: 'decision maker',
};

export const weekdayLabels: Record<Weekday, string> = {
  monday: 'Monday',
  tuesday: 'Tuesday',
  wednesday: 'Wednesday',
  thursday: 'Thursday',
  friday: 'Friday',
  saturday: 'Saturday',
  sunday: 'Sunday',
};

/** What each rule of the certification cycle is about. */
export const ruleLabels: Readonly<Record<string, string>> = {
  R1: 'the order of the audits in a cycle',
  R2: 'what Stage 1 must confirm before Stage 2',
  R3: 'the longest time between Stage 1 and Stage 2',
  R4: 'how nonconformities are graded: related minors can add up to a major',
  R5: 'which open nonconformities a decision allows',
  R6: 'the time within which a major from Stage 2 must be verified',
  R7: 'the response time set by the certification body',
  R8: 'a decision maker was not on the audit team',
  R9: 'internal auditors do not audit their own work',
  R10: 'when the first surveillance audit after certification is due',
  R11: 'the surveillance audit that is due in each calendar year',
  R12: 'how long a certificate is valid',
  R13: 'what a surveillance audit covers',
  R14: 'a minor is verified at the next audit, and one that is still open then can become a major',
  R15: 'recertification is finished before the certificate expires',
  R16: 'a certificate lapses if recertification is not finished when it expires',
  R17: 'how long a lapsed certificate can be restored',
  R18: 'suspension, and what follows if it is not resolved',
  R19: 'when a special audit takes place',
  R20: 'when a certificate can be transferred',
};
