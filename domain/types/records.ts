import type { AdoptedState } from './adoption.ts';
import type { Email, Instant, IsoDate, Phase } from './basics.ts';
import type { AiSystem, BodyProfile, Person, Plan, ProgramDefinition, Scope } from './program.ts';
import type {
  ApplicabilityEntry,
  Audit,
  AuditResult,
  Certificate,
  ChangeKind,
  CorrectiveActionPlan,
  DecisionKind,
  Evidence,
  Finding,
  Rating,
  SurveillanceTopicId,
  SuspensionGround,
  Task,
} from './state.ts';

/** Everything that can happen to a program. Each key is a record's type, each value its data. */
export interface RecordMap {
  ProgramStarted: { definition: ProgramDefinition; startedBy: Email };
  /** A program under way was taken over; its audits, findings and ratings are records of their own. */
  ProgramAdopted: AdoptedState;
  /** What was not known when the program was taken over was asked for; the tasks are records of their own. */
  MissingAskedFor: Record<never, never>;
  ProgramBegan: Record<never, never>;
  PhaseStarted: { phase: Phase; why: string };
  /** The work of the present phase was laid out; the tasks and audits are records of their own. */
  PhasePlanned: { phase: Phase };
  WarningNoted: { code: string; text: string };
  PlanChanged: {
    plan: Plan;
    previous: Plan;
    reason: string;
    /** Open work of the organization and audits without agreed dates, which moved with the plan. */
    moved: {
      tasks: { taskId: string; dueOn: IsoDate; previousDueOn: IsoDate }[];
      audits: { auditId: string; targetOn: IsoDate; previousTargetOn: IsoDate }[];
    };
  };
  ScopeChanged: { scope: Scope; previous: Scope; reason: string };
  PeopleChanged: { people: Person[]; reason?: string };
  AiSystemPut: { system: AiSystem; change: 'added' | 'changed' };
  AiSystemRetired: { systemId: string; reason?: string };
  IncidentReported: {
    id: string;
    occurredOn: IsoDate;
    systemId?: string;
    severity: 'high' | 'medium' | 'low';
    description: string;
  };
  ComplaintReceived: { id: string; receivedOn: IsoDate; from: string; systemId?: string; description: string };
  /** R15, R17: the system, or what surrounds it, changed so much that the recertification begins with a Stage 1. */
  SignificantChangeReported: { description: string };
  /** What a change touches: evidence and impact assessments that are asked for again, and who of the body is told. */
  ChangeAssessed: {
    change: ChangeKind;
    what: string;
    /** Requirements whose accepted evidence it makes stale. */
    evidence: string[];
    /** Systems whose impact is assessed again. */
    systems: string[];
    /** Whether the statement of applicability is reviewed. */
    applicability: boolean;
    to: Email[];
  };
  ProgramPaused: { reason: string };
  ProgramResumed: { reason: string; days: number };
  ProgramCancelled: { reason: string };
  HolidaysRecorded: { through: number; holidays: IsoDate[] };
  CommandRejected: { commandId: string; commandType: string; sentBy: Email; code: string; detail: string };

  RequirementRated: { requirementId: string } & Rating;
  GapAssessmentCompleted: {
    counts: Record<Rating['status'], number>;
    effortDays: number;
    applicability: Record<string, ApplicabilityEntry>;
  };
  ApplicabilitySet: { controlId: string } & ApplicabilityEntry;
  StatementOfApplicabilityFrozen: { version: number; auditId: string; entries: Record<string, ApplicabilityEntry> };

  TaskOpened: { task: Task; why: string };
  EvidenceSubmitted: { taskId: string; evidence: Evidence };
  EvidenceAccepted: { taskId: string; note: string };
  EvidenceRejected: { taskId: string; note: string };
  /** With a reason when nobody chose it for this task: who had it left, or it is for the other side to do. */
  TaskReassigned: { taskId: string; from: Email; to: Email; reason?: string };
  TaskExtended: { taskId: string; dueOn: IsoDate; previousDueOn: IsoDate; reason: string };
  TaskAcknowledged: { taskId: string; expectedOn: IsoDate; ladderShift: number };
  TaskDependenciesSet: { taskId: string; dependsOn: string[] };
  /** Everything that it waited for has ended. */
  TaskReleased: { taskId: string; why: string; dueOn: IsoDate; previousDueOn: IsoDate };
  TaskWaived: { taskId: string; reason: string };
  TaskCancelled: { taskId: string; reason: string };
  /** The thing that a task asked for was done by another command (an audit scheduled, a plan handed in). */
  TaskCompleted: { taskId: string; how: string };
  /** A rung before or on the due date: the assignee is reminded. */
  TaskReminded: { taskId: string; rung: number; dueIn: number; to: Email[] };
  /** A rung after the due date: level 1 program manager, 2 sponsor, 3 and more top management. */
  TaskEscalated: { taskId: string; rung: number; level: number; workingDays: number; to: Email[] };
  ReviewReminded: { taskId: string; count: number; to: Email[] };
  ProgressReported: { month: string; to: Email[]; readiness: number; open: number; overdue: number };

  AuditPlanned: { audit: Audit };
  /** An audit that was held before the register began. */
  EarlierAuditRecorded: { audit: Audit };
  AuditScheduled: { auditId: string; startsOn: IsoDate; endsOn: IsoDate; team: Email[]; criteria?: string[] };
  /** A step of the preparation table of an audit was done, `days` before it. */
  AuditPrepared: { auditId: string; step: number; days: number };
  AuditMissed: { auditId: string; rule: string; latestOn: IsoDate };
  AuditOutcomeRecorded: { auditId: string; result: AuditResult; note: string; covered?: SurveillanceTopicId[] };
  AuditCancelled: { auditId: string; reason: string };
  /** Its dates and team do not hold any more; it is to be scheduled anew. */
  AuditUnscheduled: { auditId: string; reason: string };
  /** R6: no decision can rest on a held Stage 2 any more; `findings` are the majors not verified until `untilOn`. */
  AuditOutdated: { auditId: string; rule: string; untilOn: IsoDate; findings: string[] };

  FindingRaised: { finding: Finding };
  CorrectiveActionPlanned: { findingId: string; plan: CorrectiveActionPlan };
  CorrectiveActionPlanReviewed: { findingId: string; verdict: 'accept' | 'reject'; note: string };
  CorrectiveActionDone: { findingId: string; evidence: { links: string[]; note: string } };
  FindingVerified: { findingId: string; effective: boolean; note: string; closed: boolean };
  /** R4, R14. Minors named in `together` are part of the major now; it is answered anew, with a plan until `planDueOn`. */
  FindingRaisedToMajor: {
    findingId: string;
    reason: string;
    rule: string;
    planDueOn?: IsoDate;
    verifyDueOn?: IsoDate;
    together?: string[];
  };
  DeadlineMissed: { findingId: string; deadline: 'plan' | 'verification'; dueOn: IsoDate; to: Email[] };

  ManagementReviewHeld: {
    id: string;
    heldOn: IsoDate;
    attendees: string[];
    inputs: string;
    decisions: string;
    actions: { title: string; assignee: Email; dueOn: IsoDate }[];
  };

  DecisionRecorded: { auditId: string; decision: DecisionKind; basis: string; certificateNumber?: string };
  CertificateIssued: { certificate: Certificate };
  CertificateRenewed: { certificate: Certificate };
  CertificateSuspended: { reason: string; untilOn: IsoDate; ground: SuspensionGround };
  CertificateReinstated: { reason: string };
  /** R18: reduced by what failed; R19: extended by a decision on a special audit. */
  CertificateScopeChanged: { change: 'reduced' | 'extended'; scope: Scope; previous: Scope; reason: string };
  /** R20: another body has the certificate: its profile holds from now, `openFindings` go along, `left` lose their roles. */
  CertificateTransferred: {
    from: string;
    to: { name: string; profile: BodyProfile };
    on: IsoDate;
    reason: string;
    openFindings: string[];
    left: Email[];
    certificateNumber?: string;
  };
  CertificateWithdrawn: { reason: string };
  CertificateLapsed: { lastDay: IsoDate };
  /** R17: the time in which a lapsed certificate could be restored is over. */
  RestorationEnded: { lastDay: IsoDate };
  CertificateRestored: { certificate: Certificate; reason: string };
  CycleStarted: { cycle: number };
}

export type RecordType = keyof RecordMap;

/** A record before it is committed. */
export type NewRecord = { [T in RecordType]: { type: T; data: RecordMap[T] } }[RecordType];

/** A record as the register keeps it. */
export type ProgramRecord = NewRecord & {
  seq: number;
  /** The program's clock when it happened: virtual time in a rehearsal. */
  at: Instant;
  actor: Email | 'system';
  commandId: string;
  /** Position of the command within a bulk envelope, 0 otherwise. */
  item: number;
};
