import type { Static } from 'typebox';
import { askForMissing } from './adoption/askForMissing.ts';
import { MissingAskedFor } from './adoption/MissingAskedFor.ts';
import { ProgramAdopted } from './adoption/ProgramAdopted.ts';
import { completeGapAssessment } from './assessment/completeGapAssessment.ts';
import { GapAssessmentCompleted } from './assessment/GapAssessmentCompleted.ts';
import { planGapAssessment } from './assessment/planGapAssessment.ts';
import { planImplementation } from './assessment/planImplementation.ts';
import { RequirementRated } from './assessment/RequirementRated.ts';
import { rateRequirement } from './assessment/rateRequirement.ts';
import { StatementOfApplicabilityFrozen } from './assessment/StatementOfApplicabilityFrozen.ts';
import { ApplicabilitySet, setApplicability } from './assessment/setApplicability.ts';
import { AuditCancelled } from './audits/AuditCancelled.ts';
import { AuditMissed } from './audits/AuditMissed.ts';
import { AuditOutdated } from './audits/AuditOutdated.ts';
import { AuditPlanned } from './audits/AuditPlanned.ts';
import { AuditPrepared } from './audits/AuditPrepared.ts';
import { AuditScheduled } from './audits/AuditScheduled.ts';
import { AuditUnscheduled } from './audits/AuditUnscheduled.ts';
import { EarlierAuditRecorded } from './audits/EarlierAuditRecorded.ts';
import { planAudit } from './audits/planAudit.ts';
import { planCycle } from './audits/planCycle.ts';
import { planInternalAudit } from './audits/planInternalAudit.ts';
import { planStage1 } from './audits/planStage1.ts';
import { planStage2 } from './audits/planStage2.ts';
import { recordEarlierAudit } from './audits/recordEarlierAudit.ts';
import { AuditOutcomeRecorded, recordOutcome } from './audits/recordOutcome.ts';
import { scheduleAudit } from './audits/scheduleAudit.ts';
import type { Actor, Email, Instant } from './basics.ts';
import { askForDecision } from './certificate/askForDecision.ts';
import { CertificateIssued } from './certificate/CertificateIssued.ts';
import { CertificateLapsed } from './certificate/CertificateLapsed.ts';
import { CertificateReinstated } from './certificate/CertificateReinstated.ts';
import { CertificateRenewed } from './certificate/CertificateRenewed.ts';
import { CertificateRestored } from './certificate/CertificateRestored.ts';
import { CertificateScopeChanged } from './certificate/CertificateScopeChanged.ts';
import { CertificateSuspended } from './certificate/CertificateSuspended.ts';
import { CertificateWithdrawn } from './certificate/CertificateWithdrawn.ts';
import { CycleStarted } from './certificate/CycleStarted.ts';
import { DecisionRecorded } from './certificate/DecisionRecorded.ts';
import { RestorationEnded } from './certificate/RestorationEnded.ts';
import { recordDecision } from './certificate/recordDecision.ts';
import { reduceScope } from './certificate/reduceScope.ts';
import { reinstateCertificate } from './certificate/reinstateCertificate.ts';
import { restoreCertificate } from './certificate/restoreCertificate.ts';
import { suspendCertificate } from './certificate/suspendCertificate.ts';
import { CertificateTransferred, transferCertificate } from './certificate/transferCertificate.ts';
import { withdrawCertificate } from './certificate/withdrawCertificate.ts';
import { ChangeAssessed } from './changes/ChangeAssessed.ts';
import { changeScope, ScopeChanged } from './changes/changeScope.ts';
import { ComplaintReceived, reportComplaint } from './changes/reportComplaint.ts';
import { IncidentReported, reportIncident } from './changes/reportIncident.ts';
import { reportSignificantChange, SignificantChangeReported } from './changes/reportSignificantChange.ts';
import { DeadlineMissed } from './findings/DeadlineMissed.ts';
import { FindingRaised } from './findings/FindingRaised.ts';
import { FindingRaisedToMajor } from './findings/FindingRaisedToMajor.ts';
import { CorrectiveActionPlanned, planCorrectiveAction } from './findings/planCorrectiveAction.ts';
import { raiseFinding } from './findings/raiseFinding.ts';
import { raiseToMajor } from './findings/raiseToMajor.ts';
import { CorrectiveActionDone, reportCorrectiveActionDone } from './findings/reportCorrectiveActionDone.ts';
import { CorrectiveActionPlanReviewed, reviewCorrectiveActionPlan } from './findings/reviewCorrectiveActionPlan.ts';
import { FindingVerified, verifyFinding } from './findings/verifyFinding.ts';
import { PeopleChanged } from './people/PeopleChanged.ts';
import { setPeople } from './people/setPeople.ts';
import { changePlan, PlanChanged } from './plan/changePlan.ts';
import { cancel, ProgramCancelled } from './program/cancel.ts';
import { enterPhase, PhaseStarted } from './program/enterPhase.ts';
import { holdManagementReview, ManagementReviewHeld } from './program/holdManagementReview.ts';
import { CommandRejected, noteRejection } from './program/noteRejection.ts';
import { PhasePlanned } from './program/PhasePlanned.ts';
import { ProgramBegan } from './program/ProgramBegan.ts';
import { ProgramStarted } from './program/ProgramStarted.ts';
import { ProgressReported } from './program/ProgressReported.ts';
import { ProgramPaused, pause } from './program/pause.ts';
import { HolidaysRecorded, recordHolidays } from './program/recordHolidays.ts';
import { ProgramResumed, resume } from './program/resume.ts';
import { tick } from './program/tick.ts';
import { WarningNoted } from './program/WarningNoted.ts';
import { AiSystemPut, putAiSystem } from './systems/putAiSystem.ts';
import { AiSystemRetired, retireAiSystem } from './systems/retireAiSystem.ts';
import { acknowledgeTask, TaskAcknowledged } from './tasks/acknowledgeTask.ts';
import { declineTask, TaskDeclined } from './tasks/declineTask.ts';
import { EvidenceRejected } from './tasks/EvidenceRejected.ts';
import { extendTask, TaskExtended } from './tasks/extendTask.ts';
import { openTask } from './tasks/openTask.ts';
import { reassignTask } from './tasks/reassignTask.ts';
import { ReviewReminded, TaskEscalated, TaskReminded } from './tasks/reminders.ts';
import { EvidenceAccepted, reviewEvidence } from './tasks/reviewEvidence.ts';
import { setDependencies, TaskDependenciesSet } from './tasks/setDependencies.ts';
import { EvidenceSubmitted, submitEvidence } from './tasks/submitEvidence.ts';
import { TaskCancelled } from './tasks/TaskCancelled.ts';
import { TaskCompleted } from './tasks/TaskCompleted.ts';
import { TaskOpened } from './tasks/TaskOpened.ts';
import { TaskReassigned } from './tasks/TaskReassigned.ts';
import { TaskReleased } from './tasks/TaskReleased.ts';
import { EvidenceTakenBack, takeBackEvidence } from './tasks/takeBackEvidence.ts';
import { TaskWaived, waiveTask } from './tasks/waiveTask.ts';

/** Everything that people can ask of a program: a line for each, in the order in which the API and its docs list them. */
export const commands = {
  changePlan,
  changeScope,
  pause,
  resume,
  cancel,
  setPeople,

  putAiSystem,
  retireAiSystem,
  reportIncident,
  reportSignificantChange,
  reportComplaint,
  holdManagementReview,

  rateRequirement,
  completeGapAssessment,
  setApplicability,

  openTask,
  submitEvidence,
  takeBackEvidence,
  reviewEvidence,
  reassignTask,
  extendTask,
  acknowledgeTask,
  setDependencies,
  declineTask,
  waiveTask,

  planAudit,
  recordEarlierAudit,
  scheduleAudit,
  raiseFinding,
  recordOutcome,

  planCorrectiveAction,
  reviewCorrectiveActionPlan,
  reportCorrectiveActionDone,
  verifyFinding,
  raiseToMajor,

  recordDecision,
  suspendCertificate,
  reinstateCertificate,
  reduceScope,
  transferCertificate,
  withdrawCertificate,
  restoreCertificate,
};

/** What a program tells itself: the steps of its story, its clock, and what activities found out. */
export const steps = {
  enterPhase,
  askForMissing,
  planGapAssessment,
  planImplementation,
  planInternalAudit,
  planStage1,
  planStage2,
  askForDecision,
  planCycle,
  tick,
  recordHolidays,
  noteRejection,
};

/** Everything that can happen to a program. */
export const records = {
  ProgramStarted,
  ProgramAdopted,
  MissingAskedFor,
  ProgramBegan,
  PhaseStarted,
  PhasePlanned,
  WarningNoted,
  PlanChanged,
  ScopeChanged,
  PeopleChanged,
  AiSystemPut,
  AiSystemRetired,
  IncidentReported,
  ComplaintReceived,
  SignificantChangeReported,
  ChangeAssessed,
  ProgramPaused,
  ProgramResumed,
  ProgramCancelled,
  HolidaysRecorded,
  CommandRejected,
  ProgressReported,
  ManagementReviewHeld,

  RequirementRated,
  GapAssessmentCompleted,
  ApplicabilitySet,
  StatementOfApplicabilityFrozen,

  TaskOpened,
  EvidenceSubmitted,
  EvidenceTakenBack,
  EvidenceAccepted,
  EvidenceRejected,
  TaskReassigned,
  TaskExtended,
  TaskAcknowledged,
  TaskDependenciesSet,
  TaskReleased,
  TaskDeclined,
  TaskWaived,
  TaskCancelled,
  TaskCompleted,
  TaskReminded,
  TaskEscalated,
  ReviewReminded,

  AuditPlanned,
  EarlierAuditRecorded,
  AuditScheduled,
  AuditPrepared,
  AuditMissed,
  AuditOutcomeRecorded,
  AuditCancelled,
  AuditUnscheduled,
  AuditOutdated,

  FindingRaised,
  CorrectiveActionPlanned,
  CorrectiveActionPlanReviewed,
  CorrectiveActionDone,
  FindingVerified,
  FindingRaisedToMajor,
  DeadlineMissed,

  DecisionRecorded,
  CertificateIssued,
  CertificateRenewed,
  CertificateSuspended,
  CertificateReinstated,
  CertificateScopeChanged,
  CertificateTransferred,
  CertificateWithdrawn,
  CertificateLapsed,
  RestorationEnded,
  CertificateRestored,
  CycleStarted,
};

export type CommandType = keyof typeof commands;
export type StepType = keyof typeof steps;
export type RecordType = keyof typeof records;

/** What each command carries beside its type. */
export type CommandMap = { [T in CommandType]: Static<(typeof commands)[T]['payload']> };
export type StepMap = { [T in StepType]: Parameters<(typeof steps)[T]['decide']>[1] };
export type RecordMap = { [T in RecordType]: Static<(typeof records)[T]['data']> };

export type UserCommand = { [T in CommandType]: { type: T } & CommandMap[T] }[CommandType];
export type SystemCommand = { [T in StepType]: { type: T } & StepMap[T] }[StepType];
export type Command = UserCommand | SystemCommand;

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

/** A record before it is committed; its version when it is not the first. */
export type NewRecord = { [T in RecordType]: { type: T; data: RecordMap[T]; version?: number } }[RecordType];

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

/** Whether a text names something that people can ask for. */
export function isCommandType(type: string): type is CommandType {
  return Object.hasOwn(commands, type);
}
