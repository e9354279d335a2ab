import type { Email, Instant, IsoDate, Phase, Priority, ProgramStatus } from './basics.ts';
import type { AiSystem, BodyProfile, CalendarSpec, LadderSpec, Person, Plan, Scope, StandardPin } from './program.ts';

export const requirementStatuses = ['conforms', 'partial', 'missing', 'notApplicable'] as const;

export interface Rating {
  status: (typeof requirementStatuses)[number];
  priority: Priority;
  /** What is lacking; for a control that is not applicable, why. */
  gap: string;
  effortDays: number;
  owner: Email;
}

/** A clause or a control of the standard, as the program stands to it. */
export interface RequirementState {
  rating?: Rating;
  /**
   * The last evidence that was accepted for it; without a task when that was before the register began, stale since the
   * day on which a change made it so.
   */
  evidence?: { taskId?: string; acceptedOn: IsoDate; validUntil?: IsoDate; staleSince?: IsoDate };
}

export const implementationStatuses = ['planned', 'partial', 'implemented', 'notApplicable'] as const;

/** One line of the statement of applicability. */
export interface ApplicabilityEntry {
  applicable: boolean;
  justification: string;
  implementation: (typeof implementationStatuses)[number];
}

export type TaskKind =
  | 'gapAssessment'
  | 'evidence'
  | 'impactAssessment'
  | 'applicabilityReview'
  | 'auditSchedule'
  | 'missedAudit'
  | 'auditOutcome'
  | 'managementReview'
  | 'concern'
  | 'correctiveActionPlan'
  | 'planReview'
  | 'correctiveAction'
  | 'verification'
  | 'effectivenessCheck'
  | 'readinessChecklist'
  | 'decision'
  | 'suspension'
  | 'incident'
  | 'complaint'
  | 'earlierAudit'
  | 'adoption'
  | 'manual';

/** What can change in the system that a program certifies. */
export const changeKinds = [
  'scope',
  'people',
  'systemAdded',
  'systemChanged',
  'systemRetired',
  'incident',
  'complaint',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

export type TaskStatus = 'open' | 'submitted' | 'accepted' | 'waived' | 'cancelled';

export interface Evidence {
  links: string[];
  note: string;
  validUntil?: IsoDate;
  by: Email;
  at: Instant;
}

export interface Task {
  id: string;
  kind: TaskKind;
  title: string;
  requirementId?: string;
  systemId?: string;
  auditId?: string;
  findingId?: string;
  priority: Priority;
  assignee: Email;
  openedOn: IsoDate;
  dueOn: IsoDate;
  /** The deadline is the certification body's: a pause or an acknowledgement never moves it. */
  bodyDeadline: boolean;
  status: TaskStatus;
  /** Index of the next rung of the ladder (see `domain/ladder.ts`); those before it were sent or skipped. */
  nextRung: number;
  /** How many escalations were sent: 0 none, 1 program manager, 2 sponsor, 3 and more top management. */
  escalationLevel: number;
  /** Working days by which an acknowledgement moved the ladder, once. */
  ladderShift?: number;
  expectedOn?: IsoDate;
  /** Tasks that come before this one. */
  dependsOn?: string[];
  /** Those of them that have not ended. While it is there, this task waits: not reminded, escalated or accepted. */
  waitsFor?: string[];
  evidence?: Evidence;
  /** While submitted, after a pause: the day from which its waiting is counted, in place of that of the evidence. */
  reviewFrom?: IsoDate;
  /** While submitted: how often the reviewers were reminded. */
  reviewReminders?: number;
  closedOn?: IsoDate;
}

export const auditKinds = ['internal', 'stage1', 'stage2', 'surveillance', 'recertification', 'special'] as const;
export type AuditKind = (typeof auditKinds)[number];

/** R19: what a special audit is held for: an extension of scope, or at short notice one of the others. */
export const occasions = ['scopeExtension', 'complaint', 'change', 'suspension'] as const;
export type Occasion = (typeof occasions)[number];

export type AuditResult = 'ready' | 'notReady' | 'completed' | 'maintained' | 'suspend' | 'withdraw';

/** R13: what a surveillance covers; in words in `domain/rules/surveillance.ts`. */
export const surveillanceTopicIds = [
  'internalAuditAndReview',
  'earlierNonconformities',
  'complaints',
  'objectives',
  'improvement',
  'operationalControl',
  'changes',
  'marks',
] as const;
export type SurveillanceTopicId = (typeof surveillanceTopicIds)[number];

export interface Audit {
  id: string;
  kind: AuditKind;
  /** The cycle it belongs to: 0 before the first certificate. */
  cycle: number;
  /** When it is meant to take place. */
  targetOn: IsoDate;
  /** The last day a rule allows for it, with the rule. */
  latestOn?: IsoDate;
  latestRule?: string;
  /** Set when it has been scheduled. */
  startsOn?: IsoDate;
  endsOn?: IsoDate;
  team: Email[];
  /** Requirements that are audited; all when absent. */
  criteria?: string[];
  status: 'planned' | 'scheduled' | 'held' | 'cancelled';
  result?: AuditResult;
  /** R13: of a surveillance that was held, the topics that its outcome names as covered. */
  covered?: SurveillanceTopicId[];
  /** How many steps of its preparation table were done. */
  prepared: number;
  /** R10, R11: its latest date passed and that was recorded. */
  missed?: boolean;
  /** R19: of a special audit, what it is held for. */
  occasion?: Occasion;
  /** R19: of an extension of scope, the scope that is applied for. */
  scope?: Scope;
  /** R19: of an extension of scope, what was decided; other decisions are the program's. */
  decision?: DecisionKind;
  /** R6: the rule by which no decision can rest on it any more, so that it is held again. */
  outdated?: string;
}

export const grades = ['major', 'minor', 'concern', 'observation', 'opportunity'] as const;
export type Grade = (typeof grades)[number];

export interface CorrectiveActionPlan {
  correction: string;
  rootCause: string;
  /** Where else it could happen or has happened, and what is done there; unknown in a plan made before Certloop. */
  similarCases?: string;
  action: string;
  dueOn: IsoDate;
  effectivenessOn?: IsoDate;
}

/**
 * A finding's way: a nonconformity goes open → planned → planAccepted → done → verified (→ closed once its
 * effectiveness check, if it has one, was passed); `noted` is the end for observations and opportunities.
 */
export type FindingStatus = 'open' | 'planned' | 'planAccepted' | 'done' | 'verified' | 'closed' | 'noted';

export interface Finding {
  id: string;
  auditId: string;
  requirementId: string;
  grade: Grade;
  statement: string;
  raisedOn: IsoDate;
  raisedBy: Email;
  status: FindingStatus;
  plan?: CorrectiveActionPlan;
  /** R7: day until which the plan is owed. */
  planDueOn?: IsoDate;
  /** R7: day until which a major must be verified. */
  verifyDueOn?: IsoDate;
  /** Deadlines of R7 that passed unmet and were recorded. */
  missed: ('plan' | 'verification')[];
  /** R4, R14: why a minor became a major. */
  raisedBecause?: string;
  /** R4: the major that this minor is part of, since several were raised to one. */
  partOf?: string;
  /** How often an action was found ineffective. */
  reopened: number;
  closedOn?: IsoDate;
}

export interface ManagementReview {
  id: string;
  heldOn: IsoDate;
}

export type DecisionKind = 'granted' | 'grantedWithCorrectiveAction' | 'delayed' | 'refused';

/** R18: what a certificate is suspended for. */
export const suspensionGrounds = ['failure', 'auditRefused', 'onRequest'] as const;
export type SuspensionGround = (typeof suspensionGrounds)[number];

export interface Certificate {
  number: string;
  /** What it certifies: the program's scope on the day of the decision, until it is reduced or extended. */
  scope: Scope;
  status: 'valid' | 'suspended' | 'lapsed' | 'withdrawn';
  /** R10: the day of the initial decision. */
  initialDecisionOn: IsoDate;
  /** The day of the decision on the present cycle. */
  decidedOn: IsoDate;
  validFrom: IsoDate;
  /** R12, R15: the last day on which it is valid. */
  lastDay: IsoDate;
  cycle: number;
  suspendedOn?: IsoDate;
  lapsedOn?: IsoDate;
  /** R17: since when a lapsed certificate can no longer be restored. */
  restorationEndedOn?: IsoDate;
}

export interface CalendarState extends CalendarSpec {
  /** The last year whose holidays were looked up; absent without a country or before the first look-up. */
  holidaysThrough?: number;
}

/** A plan that was replaced. */
export interface FormerPlan {
  plan: Plan;
  replacedOn: IsoDate;
  by: Email;
  reason: string;
}

/**
 * What a date of the present phase was before plans moved it, and how the phase lay then. Every later plan counts from
 * this, so that a plan put back gives the dates that there were.
 */
export interface DateBeforePlans {
  on: IsoDate;
  /** The first and the last day of the phase. */
  startsOn: IsoDate;
  endsOn: IsoDate;
  /** Whether it was overdue already. */
  overdue: boolean;
  /** Days by which pauses moved it since. */
  paused: number;
  /** The date that the last plan gave, moved with the pauses; the entry counts as long as the date is this one. */
  gave: IsoDate;
}

/** Everything that a program knows of itself: the fold of its records, never anything else. */
export interface ProgramState {
  id: string;
  name: string;
  organization: string;
  standard: StandardPin;
  scope: Scope;
  aiSystems: Record<string, AiSystem & { retiredOn?: IsoDate; assessedOn?: IsoDate }>;
  people: Person[];
  plan: Plan;
  /** The plans before this one, oldest first, each with who replaced it, when and why; the last twenty. */
  formerPlans: FormerPlan[];
  calendar: CalendarState;
  body: { name: string; profile: BodyProfile };
  ladder: LadderSpec;
  rehearsal: boolean;

  status: ProgramStatus;
  pausedOn?: IsoDate;
  phase: Phase;
  phaseStartedOn: IsoDate;
  /** Whether the work of the phase was planned (tasks opened, audits planned). */
  phasePlanned: boolean;
  /** Number of the last audit when the certification audit began: Stage 1 and 2 of this attempt come after it. */
  auditsFrom: number;
  gapAssessmentCompletedOn?: IsoDate;
  /** The day on which the implementation was first complete: from then on things come round. */
  implementedOn?: IsoDate;
  /** Pauses that are over, oldest first; the last twenty. */
  pauses: { from: IsoDate; until: IsoDate }[];
  /** When a round that was waived would have been due: by `managementReview`, requirement, or `system` and its id. */
  waivedRounds: Record<string, IsoDate>;
  /** The month (`YYYY-MM`) of the last progress report. */
  lastProgress?: string;

  requirements: Record<string, RequirementState>;
  /** R23: the day of the first evidence of a requirement that was accepted; what is renewed later does not move it. */
  firstEvidenceOn?: IsoDate;
  applicability: Record<string, ApplicabilityEntry>;
  /** How many versions of the statement of applicability were frozen. */
  soaVersion: number;
  tasks: Record<string, Task>;
  audits: Record<string, Audit>;
  findings: Record<string, Finding>;
  /** Held reviews, latest last; only the last eight. */
  reviews: ManagementReview[];
  certificate?: Certificate;
  /** R15, R17: the last significant change since the last decision; what comes next begins with a Stage 1. */
  significantChange?: { on: IsoDate; description: string };
  /** The decision on the present certification or recertification audit, until the next one is planned. */
  decision?: { auditId: string; decision: DecisionKind; on: IsoDate };

  /** When a program under way was taken over. */
  adoptedAt?: Instant;
  /** Taken over, and what is missing not yet asked for; whether the words of the certificate's scope are known. */
  unasked?: { scopeStatement: boolean };

  /** Dates of tasks and audits as they were before the plan of the present phase was changed, by id. */
  beforePlans?: Record<string, DateBeforePlans>;

  /** Last number given out for tasks, audits, findings and so on. */
  counters: Record<string, number>;
  /** Sequence number of the last record. */
  seq: number;
}
