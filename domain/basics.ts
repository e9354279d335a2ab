/**
 * A calendar date, `YYYY-MM-DD`, meant in the program's time zone. Fields of this type end in `On`. A literal of that
 * shape is one; a text from outside becomes one where it is checked (`registry/fields.ts`, `isDate` of `calendar.ts`).
 */
export type IsoDate = `${number}-${number}-${number}`;

/** A moment in UTC, ISO 8601 with milliseconds and `Z`. Fields of this type end in `At`. */
export type Instant = `${IsoDate}T${string}Z`;

declare global {
  interface Date {
    /** ECMAScript gives an instant of this shape, for the years 0 to 9999. */
    toISOString(): Instant;
  }
}

/** An ISO 8601 duration of whole years, months, weeks or days, for example `P2M` or `P30D`. */
export type IsoDuration = `P${string}`;

/** A month, `YYYY-MM`. */
export type Month = `${number}-${number}`;

/** An e-mail address in lower case: how a person is known everywhere. */
export type Email = `${string}@${string}`;

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
  /** The id of the token by which it came, never its secret; absent for what came by a page. */
  tokenId?: string;
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

/** The days of a week, as they are named everywhere. */
export const weekdays = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof weekdays)[number];

export const programStatuses = ['planned', 'active', 'paused', 'cancelled', 'closed'] as const;
export type ProgramStatus = (typeof programStatuses)[number];

export const priorities = ['critical', 'high', 'medium', 'low'] as const;
export type Priority = (typeof priorities)[number];

/** The entries of a record whose keys are known, with their types kept; `Object.entries` forgets them. */
export function entriesOf<K extends string, V>(record: Partial<Record<K, V>>): [K, V][] {
  // An object may have more keys than its type says; those that come here are written out in full.
  return Object.entries(record) as [K, V][];
}

/** An entry of its own: an id such as `constructor` names none. */
export function own<T>(entries: Record<string, T>, id: string): T | undefined {
  return Object.hasOwn(entries, id) ? entries[id] : undefined;
}

/** Ends a `switch` over a union: does not compile while a case is missing. */
export function never(value: never): never {
  throw new Error(`${JSON.stringify(value)} is not known to this version; run a newer one.`);
}
