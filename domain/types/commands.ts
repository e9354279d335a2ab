import type { Actor, CadenceName, Email, IsoDate, PlannedPhase } from './basics.ts';
import type { AiSystem, BodyProfile, Person, ProgramDefinition, Scope } from './program.ts';
import type {
  ApplicabilityEntry,
  AuditKind,
  AuditResult,
  CorrectiveActionPlan,
  DecisionKind,
  Grade,
  Occasion,
  Rating,
  SurveillanceTopicId,
  SuspensionGround,
} from './state.ts';

/** What people ask a program to do. Each key is a command's type, each value what it carries beside the type. */
export interface CommandMap {
  changePlan: {
    startsOn?: IsoDate;
    phases?: Partial<Record<PlannedPhase, string>>;
    cadences?: Partial<Record<CadenceName, number>>;
    reason: string;
  };
  changeScope: Scope & { reason: string };
  pause: { reason: string };
  resume: { reason: string };
  cancel: { reason: string };
  setPeople: { people: Person[]; reason?: string };
  putAiSystem: AiSystem;
  retireAiSystem: { systemId: string; reason?: string };
  reportIncident: { occurredOn: IsoDate; systemId?: string; severity: 'high' | 'medium' | 'low'; description: string };
  reportSignificantChange: { description: string };
  reportComplaint: { receivedOn: IsoDate; from: string; systemId?: string; description: string };

  rateRequirement: { requirementId: string } & Rating;
  completeGapAssessment: Record<never, never>;
  setApplicability: { controlId: string } & ApplicabilityEntry;

  openTask: {
    title: string;
    assignee: Email;
    dueOn: IsoDate;
    requirementId?: string;
    systemId?: string;
    /** Tasks that it waits for. */
    dependsOn?: string[];
  };
  setDependencies: { taskId: string; dependsOn: string[] };
  submitEvidence: { taskId: string; links: string[]; note: string; validUntil?: IsoDate };
  reviewEvidence: { taskId: string; verdict: 'accept' | 'reject'; note: string };
  reassignTask: { taskId: string; to: Email };
  extendTask: { taskId: string; dueOn: IsoDate; reason: string };
  acknowledgeTask: { taskId: string; expectedOn: IsoDate };
  waiveTask: { taskId: string; reason: string };

  planAudit: { kind: AuditKind; targetOn: IsoDate; reason?: string; occasion?: Occasion; scope?: Scope };
  scheduleAudit: { auditId: string; startsOn: IsoDate; endsOn: IsoDate; team: Email[]; criteria?: string[] };
  recordEarlierAudit: { startsOn: IsoDate; endsOn: IsoDate; team: Email[] };
  raiseFinding: { auditId: string; requirementId: string; grade: Grade; statement: string };
  recordOutcome: {
    auditId: string;
    result: AuditResult;
    note: string;
    /** R13: of a surveillance, what it covered. */
    covered?: SurveillanceTopicId[];
  };

  planCorrectiveAction: { findingId: string; similarCases: string } & CorrectiveActionPlan;
  reviewCorrectiveActionPlan: { findingId: string; verdict: 'accept' | 'reject'; note: string };
  reportCorrectiveActionDone: { findingId: string; evidence: { links: string[]; note: string } };
  verifyFinding: { findingId: string; effective: boolean; note: string };
  raiseToMajor: { findingId: string; reason: string; together?: string[] };

  holdManagementReview: {
    heldOn: IsoDate;
    attendees: string[];
    inputs: string;
    decisions: string;
    actions: { title: string; assignee: Email; dueOn: IsoDate }[];
  };

  recordDecision: { auditId: string; decision: DecisionKind; certificateNumber?: string; basis: string };
  suspendCertificate: { reason: string; ground?: SuspensionGround };
  reinstateCertificate: { reason: string };
  reduceScope: { statement: string; exclusions: string; reason: string };
  transferCertificate: {
    to: { name: string; rules?: Partial<BodyProfile> };
    on: IsoDate;
    reason: string;
    certificateNumber?: string;
  };
  withdrawCertificate: { reason: string };
  restoreCertificate: { auditId: string; reason: string };
}

/**
 * What a program tells itself: its start, the steps of its story (one for each planning step of a phase), the
 * clock, and what activities found out. Only the actor `system` may send them.
 */
export interface SystemCommandMap {
  start: { definition: ProgramDefinition; startedBy: Email };
  enterPhase: {
    phase: 'implementation' | 'internalAudit' | 'certificationAudit' | 'surveillanceCycle' | 'closed';
    why: string;
  };
  /** Right after a program was taken over. */
  askForMissing: Record<never, never>;
  planGapAssessment: Record<never, never>;
  planImplementation: Record<never, never>;
  planInternalAudit: Record<never, never>;
  planStage1: Record<never, never>;
  planStage2: Record<never, never>;
  askForDecision: { auditId: string };
  planCycle: Record<never, never>;
  tick: Record<never, never>;
  recordHolidays: { through: number; holidays: IsoDate[]; warning?: string };
  noteRejection: { commandId: string; commandType: string; sentBy: Email; code: string; detail: string };
}

type Typed<M> = { [T in keyof M]: { type: T } & M[T] }[keyof M];

export type UserCommand = Typed<CommandMap>;
export type SystemCommand = Typed<SystemCommandMap>;
export type Command = UserCommand | SystemCommand;
export type CommandType = Command['type'];

/** A command as it travels: who asks, under which id. The same id always gets the same answer. */
export interface Envelope {
  commandId: string;
  actor: Actor;
  command: UserCommand;
}

/** Many commands in one envelope, decided in order and committed at once. */
export interface BulkEnvelope {
  commandId: string;
  actor: Actor;
  commands: UserCommand[];
  /** When true, one refused command refuses all. */
  atomic: boolean;
  /** What the caller named the list, when it was not a list of commands. */
  list?: string;
}
