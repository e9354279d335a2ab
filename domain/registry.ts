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
import { AuditTakenUpAgain } from './audits/AuditTakenUpAgain.ts';
import { AuditUnscheduled } from './audits/AuditUnscheduled.ts';
import { AuditCalledOff, callOffAudit } from './audits/callOffAudit.ts';
import { EarlierAuditRecorded } from './audits/EarlierAuditRecorded.ts';
import { MissedAuditTakenBack } from './audits/MissedAuditTakenBack.ts';
import { OutdatedTakenBack } from './audits/OutdatedTakenBack.ts';
import { planAudit } from './audits/planAudit.ts';
import { planCycle } from './audits/planCycle.ts';
import { planInternalAudit } from './audits/planInternalAudit.ts';
import { planStage1 } from './audits/planStage1.ts';
import { planStage2 } from './audits/planStage2.ts';
import { recordEarlierAudit } from './audits/recordEarlierAudit.ts';
import { AuditOutcomeRecorded, recordOutcome } from './audits/recordOutcome.ts';
import { OutcomeReopened, reopenOutcome } from './audits/reopenOutcome.ts';
import { scheduleAudit } from './audits/scheduleAudit.ts';
import type { Actor, Email, Instant } from './basics.ts';
import { ProgramNearlyFull } from './carried/ProgramNearlyFull.ts';
import { ClosedWorkShelved, shelve } from './carried/shelving.ts';
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
import { CertificateCorrected, correctCertificate } from './certificate/correctCertificate.ts';
import { DecisionRecorded } from './certificate/DecisionRecorded.ts';
import { keepCertificate, RecommendationDeclined } from './certificate/keepCertificate.ts';
import { LapseTakenBack } from './certificate/LapseTakenBack.ts';
import { RestorationEnded } from './certificate/RestorationEnded.ts';
import { RestorationReopened } from './certificate/RestorationReopened.ts';
import { recordDecision } from './certificate/recordDecision.ts';
import { reduceScope } from './certificate/reduceScope.ts';
import { reinstateCertificate } from './certificate/reinstateCertificate.ts';
import { restoreCertificate } from './certificate/restoreCertificate.ts';
import { SuspensionTakenBack } from './certificate/SuspensionTakenBack.ts';
import { suspendCertificate } from './certificate/suspendCertificate.ts';
import { CertificateTransferred, transferCertificate } from './certificate/transferCertificate.ts';
import { withdrawCertificate } from './certificate/withdrawCertificate.ts';
import { WithdrawalStands, WithdrawalTakenBack } from './certificate/withdrawnByClock.ts';
import { ChangeAssessed } from './changes/ChangeAssessed.ts';
import { changeScope, ScopeChanged } from './changes/changeScope.ts';
import { ComplaintCorrected, correctComplaint } from './changes/correctComplaint.ts';
import { correctIncident, IncidentCorrected } from './changes/correctIncident.ts';
import { ComplaintReceived, reportComplaint } from './changes/reportComplaint.ts';
import { IncidentReported, reportIncident } from './changes/reportIncident.ts';
import { reportSignificantChange, SignificantChangeReported } from './changes/reportSignificantChange.ts';
import { EntryObjectedTo, objectToEntry } from './entries/objectToEntry.ts';
import { eraseFile, FileErased } from './evidence/eraseFile.ts';
import { correctFinding } from './findings/correctFinding.ts';
import { DeadlineMet } from './findings/DeadlineMet.ts';
import { DeadlineMissed } from './findings/DeadlineMissed.ts';
import { FindingCorrected } from './findings/FindingCorrected.ts';
import { FindingDatesMoved } from './findings/FindingDatesMoved.ts';
import { FindingRaised } from './findings/FindingRaised.ts';
import { FindingRaisedToMajor } from './findings/FindingRaisedToMajor.ts';
import { CorrectiveActionPlanned, planCorrectiveAction } from './findings/planCorrectiveAction.ts';
import { raiseFinding } from './findings/raiseFinding.ts';
import { RaiseTakenBack } from './findings/raises.ts';
import { raiseToMajor } from './findings/raiseToMajor.ts';
import { CorrectiveActionDone, reportCorrectiveActionDone } from './findings/reportCorrectiveActionDone.ts';
import { CorrectiveActionPlanReviewed, reviewCorrectiveActionPlan } from './findings/reviewCorrectiveActionPlan.ts';
import { FindingVerified, verifyFinding } from './findings/verifyFinding.ts';
import { FindingWithdrawn, withdrawFinding } from './findings/withdrawFinding.ts';
import { addPerson, PersonAdded } from './people/addPerson.ts';
import { changePerson, PersonChanged } from './people/changePerson.ts';
import { DelegationEnded } from './people/DelegationEnded.ts';
import { DutiesDelegated, delegate } from './people/delegate.ts';
import type { PartElsewhere } from './people/elsewhere.ts';
import { endDelegation } from './people/endDelegation.ts';
import { PeopleChanged } from './people/PeopleChanged.ts';
import { PutInCharge, putInCharge } from './people/putInCharge.ts';
import { RequirementsHandedOver } from './people/RequirementsHandedOver.ts';
import { PersonRemoved, removePerson } from './people/removePerson.ts';
import { setPeople } from './people/setPeople.ts';
import { changePlan, PlanChanged } from './plan/changePlan.ts';
import { cancel, ProgramCancelled } from './program/cancel.ts';
import { CalendarChanged, changeCalendar } from './program/changeCalendar.ts';
import { correctManagementReview, ManagementReviewCorrected } from './program/correctManagementReview.ts';
import { enterPhase, PhaseStarted } from './program/enterPhase.ts';
import { holdManagementReview, ManagementReviewHeld } from './program/holdManagementReview.ts';
import { CommandRejected, noteRejection } from './program/noteRejection.ts';
import { PauseProposed } from './program/PauseProposed.ts';
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
import { extendTask } from './tasks/extendTask.ts';
import { openTask } from './tasks/openTask.ts';
import { reassignTask } from './tasks/reassignTask.ts';
import { LadderEnded, ReviewReminded, TaskEscalated, TaskReminded } from './tasks/reminders.ts';
import { EvidenceAccepted, reviewEvidence } from './tasks/reviewEvidence.ts';
import { setDependencies, TaskDependenciesSet } from './tasks/setDependencies.ts';
import { EvidenceSubmitted, submitEvidence } from './tasks/submitEvidence.ts';
import { TaskCancelled } from './tasks/TaskCancelled.ts';
import { TaskCompleted } from './tasks/TaskCompleted.ts';
import { TaskExtended } from './tasks/TaskExtended.ts';
import { TaskOpened } from './tasks/TaskOpened.ts';
import { TaskReassigned } from './tasks/TaskReassigned.ts';
import { TaskReleased } from './tasks/TaskReleased.ts';
import { EvidenceTakenBack, takeBackEvidence } from './tasks/takeBackEvidence.ts';
import { TaskWaived, waiveTask } from './tasks/waiveTask.ts';

/** Everything that people can ask of a program: a line for each, in the order in which the API and its docs list them. */
export const commands = {
  changePlan,
  changeCalendar,
  changeScope,
  pause,
  resume,
  cancel,
  setPeople,
  addPerson,
  changePerson,
  removePerson,
  putInCharge,
  delegate,
  endDelegation,

  putAiSystem,
  retireAiSystem,
  reportIncident,
  correctIncident,
  reportSignificantChange,
  reportComplaint,
  correctComplaint,
  holdManagementReview,
  correctManagementReview,

  rateRequirement,
  completeGapAssessment,
  setApplicability,

  eraseFile,

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
  callOffAudit,
  raiseFinding,
  recordOutcome,

  planCorrectiveAction,
  reviewCorrectiveActionPlan,
  reportCorrectiveActionDone,
  verifyFinding,
  raiseToMajor,
  correctFinding,
  withdrawFinding,
  reopenOutcome,

  recordDecision,
  suspendCertificate,
  reinstateCertificate,
  reduceScope,
  transferCertificate,
  withdrawCertificate,
  keepCertificate,
  restoreCertificate,
  correctCertificate,

  objectToEntry,
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
  shelve,
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
  ProgramNearlyFull,
  ClosedWorkShelved,
  PlanChanged,
  CalendarChanged,
  ScopeChanged,
  PeopleChanged,
  PersonAdded,
  PersonChanged,
  PersonRemoved,
  PutInCharge,
  RequirementsHandedOver,
  DutiesDelegated,
  DelegationEnded,
  AiSystemPut,
  AiSystemRetired,
  IncidentReported,
  IncidentCorrected,
  ComplaintReceived,
  ComplaintCorrected,
  SignificantChangeReported,
  ChangeAssessed,
  ProgramPaused,
  ProgramResumed,
  ProgramCancelled,
  HolidaysRecorded,
  CommandRejected,
  ProgressReported,
  PauseProposed,
  ManagementReviewHeld,
  ManagementReviewCorrected,

  RequirementRated,
  GapAssessmentCompleted,
  ApplicabilitySet,
  StatementOfApplicabilityFrozen,

  FileErased,
  EntryObjectedTo,

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
  LadderEnded,
  ReviewReminded,

  AuditPlanned,
  EarlierAuditRecorded,
  AuditScheduled,
  AuditPrepared,
  AuditMissed,
  MissedAuditTakenBack,
  AuditTakenUpAgain,
  AuditOutcomeRecorded,
  AuditCancelled,
  AuditUnscheduled,
  AuditCalledOff,
  AuditOutdated,
  OutdatedTakenBack,
  OutcomeReopened,

  FindingRaised,
  CorrectiveActionPlanned,
  CorrectiveActionPlanReviewed,
  CorrectiveActionDone,
  FindingVerified,
  FindingRaisedToMajor,
  RaiseTakenBack,
  FindingDatesMoved,
  DeadlineMissed,
  DeadlineMet,
  FindingCorrected,
  FindingWithdrawn,

  DecisionRecorded,
  CertificateIssued,
  CertificateCorrected,
  CertificateRenewed,
  CertificateSuspended,
  CertificateReinstated,
  CertificateScopeChanged,
  CertificateTransferred,
  CertificateWithdrawn,
  RecommendationDeclined,
  CertificateLapsed,
  LapseTakenBack,
  SuspensionTakenBack,
  WithdrawalTakenBack,
  WithdrawalStands,
  RestorationReopened,
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

/**
 * A command as it travels: who asks, under which id. The same id always gets the same answer. `elsewhere` is what people
 * that it names are in other programs of the organization, as far as it matters.
 */
export interface Envelope {
  commandId: string;
  actor: Actor;
  command: UserCommand;
  elsewhere?: PartElsewhere[];
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
  elsewhere?: PartElsewhere[];
}

/** A record before it is committed; its version when it is not the first. */
export type NewRecord = { [T in RecordType]: { type: T; data: RecordMap[T]; version?: number } }[RecordType];

/** A record as the register keeps it. */
export type ProgramRecord = NewRecord & {
  seq: number;
  /** The program's clock when it happened: virtual time in a rehearsal. */
  at: Instant;
  actor: Email | 'system';
  /** The id of the token by which its command came; absent for what came by a page, and before it was kept. */
  tokenId?: string;
  commandId: string;
  /** Position of the command within a bulk envelope, 0 otherwise. */
  item: number;
};

/** What a record says of who sent its command. */
export function sentBy({ email, tokenId }: Actor): Pick<ProgramRecord, 'actor' | 'tokenId'> {
  return { actor: email, ...(tokenId !== undefined && { tokenId }) };
}

/** Whether a text names something that people can ask for. */
export function isCommandType(type: string): type is CommandType {
  return Object.hasOwn(commands, type);
}

/** Whether a text names a type of record of this version. */
export function isRecordType(type: string): type is RecordType {
  return Object.hasOwn(records, type);
}

/** All types of records, in the order of the registry. */
export const recordTypes = Object.keys(records).filter(isRecordType);
