/** A calendar date, `YYYY-MM-DD`, meant in the program's time zone. Fields of this type end in `On`. */
export type IsoDate = string;

/** A moment in UTC, ISO 8601 with milliseconds and `Z`. Fields of this type end in `At`. */
export type Instant = string;

/** An ISO 8601 duration of whole years, months, weeks or days, for example `P2M` or `P30D`. */
export type IsoDuration = string;

/** An e-mail address in lower case: how a person is known everywhere. */
export type Email = string;

/** The roles a person can hold in a program. The last three belong to the certification body. */
export const roles = [
  'sponsor',
  'topManagement',
  'programManager',
  'owner',
  'consultant',
  'internalAuditor',
  'viewer',
  'leadAuditor',
  'auditor',
  'decisionMaker',
] as const;
export type Role = (typeof roles)[number];

/** Roles that are held for the certification body, not for the organization. */
export const bodyRoles: readonly Role[] = ['leadAuditor', 'auditor', 'decisionMaker'];

export const installationRoles = ['administrator', 'operations'] as const;
export type InstallationRole = (typeof installationRoles)[number];

/** Who sends a command. `system` is the program itself: its clock and its story. */
export interface Actor {
  email: Email | 'system';
  installationRole?: InstallationRole;
}

export const phases = [
  'gapAssessment',
  'implementation',
  'internalAudit',
  'certificationAudit',
  'surveillanceCycle',
  'closed',
] as const;
export type Phase = (typeof phases)[number];

/** The phases that the plan gives a duration. */
export const plannedPhases = ['gapAssessment', 'implementation', 'internalAudit', 'certificationAudit'] as const;
export type PlannedPhase = (typeof plannedPhases)[number];

/** What an organization does at planned intervals. */
export const cadenceNames = [
  'managementReview',
  'internalAudit',
  'riskAssessment',
  'impactAssessment',
  'policyReview',
  'objectivesReview',
  'improvementReview',
] as const;
export type CadenceName = (typeof cadenceNames)[number];

export type ProgramStatus = 'planned' | 'active' | 'paused' | 'cancelled' | 'closed';
export type CertificateStatus = 'none' | 'valid' | 'suspended' | 'lapsed' | 'withdrawn';

export const priorities = ['critical', 'high', 'medium', 'low'] as const;
export type Priority = (typeof priorities)[number];
