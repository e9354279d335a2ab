import type { Adoption } from './adoption.ts';
import type { CadenceName, Email, IsoDate, IsoDuration, PlannedPhase, Role } from './basics.ts';

/** The edition of a standard that a program is held against, pinned by the hash of its catalogue. */
export interface StandardPin {
  id: string;
  edition: string;
  sha256: string;
}

export interface Scope {
  statement: string;
  exclusions?: string;
}

/** The organization's part in an AI system's life. */
export const aiRoles = ['provider', 'producer', 'customer', 'partner', 'user'] as const;
export const systemRisks = ['high', 'medium', 'low'] as const;

export interface AiSystem {
  /** Chosen by the organization, unique in the program. */
  id: string;
  name: string;
  role: (typeof aiRoles)[number];
  risk: (typeof systemRisks)[number];
}

export interface Person {
  email: Email;
  name: string;
  roles: Role[];
}

export interface Plan {
  startsOn: IsoDate;
  /** How long each phase is planned to take. */
  phases: Record<PlannedPhase, IsoDuration>;
  /** Months from one time to the next of everything that comes round. */
  cadences: Record<CadenceName, number>;
}

export interface CalendarSpec {
  /** IANA name, for example `America/New_York`. */
  timeZone: string;
  /** ISO 3166 code, optionally with a region as `date-holidays` writes it (`US`, `DE-BY`). */
  country?: string;
  /** Days off beside those of the country. */
  holidays: IsoDate[];
}

/** The numbers of a certification body's rules; the defaults stand in `domain/profile.ts`. */
export interface BodyProfile {
  /** R3: most months between the last day of Stage 1 and the first of Stage 2. */
  stage1ToStage2Months: number;
  /** R6: months after the last day of Stage 2 in which a major must be verified. */
  majorVerificationMonths: number;
  /** R7: days after the audit's last day until the corrective action plan. */
  planDays: number;
  /** R7: days after the audit's last day until a major is verified. */
  majorVerifiedDays: number;
  /** R10: months after the initial decision until the first surveillance audit at the latest. */
  firstSurveillanceMonths: number;
  /** R11: whether the calendar year of the initial certification owes a surveillance audit. */
  initialYearOwesSurveillance: boolean;
  /** How many months before its latest date a surveillance audit is planned. */
  surveillanceLeadMonths: number;
  /** R12: years a certificate is valid. */
  validityYears: number;
  /** R14: whether a minor that is still open at the next audit is raised to a major. */
  openMinorIsRaised: boolean;
  /** R15: months before expiry when preparing the recertification starts. */
  recertificationPreparationMonths: number;
  /** R15: months before expiry when the recertification audit is planned. */
  recertificationAuditMonths: number;
  /** R15: whether every recertification begins with a Stage 1, not only one after a significant change. */
  stage1AtRecertification: boolean;
  /** R17: months after expiry in which a lapsed certificate can be restored. */
  restorationMonths: number;
  /** R17: whether a certificate that was not restored in time is earned anew by both stages, not by a Stage 2 alone. */
  stage1AfterLapse: boolean;
  /** R18: months after which an unresolved suspension becomes a withdrawal. */
  suspensionMonths: number;
  /** R23: months of operating evidence before Stage 2 below which a warning is recorded. */
  operatingEvidenceMonths: number;
  /** Whether the body is told when scope, AI systems or people in charge change. */
  toldOfChanges: boolean;
  /** Whether the body is told of incidents of high severity. */
  toldOfIncidents: boolean;
  /** Whether the body is told of complaints. */
  toldOfComplaints: boolean;
}

/** Who hears of a task that is not done, and when; the default stands in `domain/ladder.ts`. */
export interface LadderSpec {
  /** Calendar days before the due date on which the assignee is reminded, most first. */
  reminderDays: number[];
  /** Working days after the due date, ascending, and the role that hears of it. */
  escalations: { workingDays: number; to: Role }[];
}

/** What a program manager asks for when starting a program, complete and with defaults filled in. */
export interface ProgramDefinition {
  id: string;
  name: string;
  organization: string;
  standard: StandardPin;
  scope: Scope;
  aiSystems: AiSystem[];
  people: Person[];
  plan: Plan;
  calendar: CalendarSpec;
  certificationBody: { name: string; profile: BodyProfile };
  ladder: LadderSpec;
  rehearsal: boolean;
  /** Set for a program that was under way before the register began. */
  adopt?: Adoption;
}
