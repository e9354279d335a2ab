import type { Email, IsoDate, Phase } from './basics.ts';
import type { AuditKind, AuditResult, Certificate, CorrectiveActionPlan, Grade, Rating } from './state.ts';

/** The phases into which a program under way can be taken over. */
export const adoptablePhases = [
  'gapAssessment',
  'implementation',
  'internalAudit',
  'certificationAudit',
  'surveillanceCycle',
] as const satisfies readonly Phase[];

/** A certificate that was issued before the register began. */
export interface AdoptedCertificate {
  number: string;
  status: 'valid' | 'suspended' | 'lapsed';
  /** The day of the initial decision; that of the only one in cycle 1, needed in every later cycle. */
  initialDecisionOn?: IsoDate;
  /** The day of the decision on the present cycle. */
  decidedOn: IsoDate;
  /** The decision in cycle 1; the day after the old certificate's last one (or the decision, if later) when absent. */
  validFrom?: IsoDate;
  lastDay: IsoDate;
  /** 1 for the first certificate, 2 after the first recertification, and so on. */
  cycle: number;
  /** Since when, for a suspended one. */
  suspendedOn?: IsoDate;
  /** The words of its scope; asked for when absent. */
  scopeStatement?: string;
}

/** An audit that was held before the register began. */
export interface AdoptedAudit {
  kind: AuditKind;
  startsOn: IsoDate;
  endsOn: IsoDate;
  result: AuditResult;
  /** Who audited: they take no decision that rests on it (R8). They need not be among the program's people. */
  team: Email[];
  /** The requirements that were audited; all when absent. */
  criteria?: string[];
}

/** An audit whose days and team are agreed, and that is not held yet: one that the program would plan by itself. */
export type AgreedAudit = Omit<AdoptedAudit, 'result'>;

/** A finding that is still open: of the last audit of its kind among those that are given. */
export interface AdoptedFinding {
  raisedIn: AuditKind;
  raisedOn: IsoDate;
  /** Whoever starts the program when absent. */
  raisedBy?: Email;
  requirementId: string;
  grade: Extract<Grade, 'major' | 'minor' | 'concern'>;
  statement: string;
  /** How far a nonconformity is; a concern is open. */
  status: 'open' | 'planned' | 'planAccepted' | 'done';
  /** The corrective action plan, needed from `planned` on. */
  plan?: CorrectiveActionPlan;
  /** R7: the deadlines that the body has set; those of its profile, from the audit's last day, when absent. */
  planDueOn?: IsoDate;
  verifyDueOn?: IsoDate;
}

/** Evidence of a requirement that was accepted before the register began. */
export interface AdoptedEvidence {
  requirementId: string;
  acceptedOn: IsoDate;
  /** Until when it is valid: it is asked for again before an audit after that day. */
  validUntil?: IsoDate;
}

/** What is known of a program under way. What is missing is asked for once it is taken over. */
export interface Adoption {
  phase: (typeof adoptablePhases)[number];
  certificate?: AdoptedCertificate;
  /** Audits held, of the body and internal. */
  audits?: AdoptedAudit[];
  /** Audits that are agreed and not held yet. */
  agreedAudits?: AgreedAudit[];
  openFindings?: AdoptedFinding[];
  /** The last internal audit of all requirements, when only its day is known. */
  internalAuditOn?: IsoDate;
  /** The last management review. */
  managementReviewOn?: IsoDate;
  ratings?: ({ requirementId: string } & Rating)[];
  impactAssessments?: { systemId: string; assessedOn: IsoDate }[];
  evidence?: AdoptedEvidence[];
}

/** What taking over lays into the state: everything that is not told by a record of its own. */
export interface AdoptedState {
  phase: Adoption['phase'];
  certificate?: Certificate;
  /** Of the certificate, as far as it is known. */
  scopeStatement?: string;
  managementReviewOn?: IsoDate;
  impactAssessments: { systemId: string; assessedOn: IsoDate }[];
  evidence: AdoptedEvidence[];
}
