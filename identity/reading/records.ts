import { upcast } from '../../domain/fold.ts';
import type { ProgramRecord, RecordMap, RecordType } from '../../domain/registry.ts';
import type { Topic } from './subjects.ts';
import type { Ties } from './ties.ts';
import { historyTopic, submissionTopic } from './topics.ts';

/** What each type of record is about, for its readers; one that is missing does not compile. */
type TopicsOfRecords = { [T in RecordType]: (data: RecordMap[T], ties: Ties, seq: number) => Topic };

const summary = (): Topic => ({ subject: 'summary' });
const people = (): Topic => ({ subject: 'people' });
const plan = (): Topic => ({ subject: 'plan' });
const certificate = (): Topic => ({ subject: 'certificate' });
const definition = (): Topic => ({ subject: 'definition' });
const ofAudit = ({ auditId }: { auditId: string }): Topic => ({ subject: 'audit', audit: auditId });
const ofResult = ({ auditId }: { auditId: string }): Topic => ({ subject: 'auditResult', audit: auditId });
const ofFinding = ({ findingId }: { findingId: string }): Topic => ({ subject: 'finding', finding: findingId });
const ofTask = ({ taskId }: { taskId: string }, ties: Ties): Topic => historyTopic(taskId, ties);
const ofLadder = ({ taskId }: { taskId: string }): Topic => ({ subject: 'escalation', task: taskId });
const ofReview = ({ taskId }: { taskId: string }, ties: Ties, seq: number): Topic =>
  submissionTopic(ties.reviews.get(seq), taskId, ties);

/** An objection is read by whoever reads what it is about. */
const ofEntry = (seq: number, ties: Ties): Topic => {
  const entry = ties.entries.get(seq);
  return (entry && lookup[entry.type]?.(entry.data as never, ties, entry.seq)) ?? definition();
};

const topics: TopicsOfRecords = {
  ProgramStarted: definition,
  ProgramAdopted: definition,
  MissingAskedFor: definition,
  ProgramBegan: summary,
  PhaseStarted: summary,
  PhasePlanned: summary,
  WarningNoted: () => ({ subject: 'warning' }),
  PlanChanged: plan,
  CalendarChanged: summary,
  ScopeChanged: () => ({ subject: 'scope' }),
  PeopleChanged: people,
  PersonAdded: ({ email, roles }) => ({ subject: 'people', person: { email, roles } }),
  PersonChanged: ({ email, roles }) => ({ subject: 'people', person: { email, roles } }),
  PutInCharge: people,
  PersonRemoved: ({ email, roles }) => ({ subject: 'people', person: { email, roles } }),
  RequirementsHandedOver: ({ from, to }) => ({ subject: 'gapAssessment', to: [from, to] }),
  DutiesDelegated: ({ email, deputy }) => ({ subject: 'absence', to: [email, deputy] }),
  DelegationEnded: ({ email, deputy }) => ({ subject: 'absence', to: [email, deputy] }),
  AiSystemPut: ({ system }) => ({ subject: 'aiSystem', system: system.id }),
  AiSystemRetired: ({ systemId }) => ({ subject: 'aiSystem', system: systemId }),
  IncidentReported: () => ({ subject: 'incident' }),
  // Whoever reads what was told first reads that it was another.
  IncidentCorrected: ({ incidentId }, ties) => ({ subject: 'incident', ...ties.reports.get(incidentId) }),
  ComplaintReceived: () => ({ subject: 'complaint' }),
  ComplaintCorrected: ({ complaintId }, ties) => ({ subject: 'complaint', ...ties.reports.get(complaintId) }),
  SignificantChangeReported: () => ({ subject: 'significantChange' }),
  ChangeAssessed: ({ to }) => ({ subject: 'change', to }),
  ProgramNearlyFull: summary,
  ClosedWorkShelved: plan,
  ProgramPaused: summary,
  ProgramResumed: summary,
  ProgramCancelled: summary,
  HolidaysRecorded: plan,
  CommandRejected: ({ sentBy }) => ({ subject: 'rejection', by: sentBy }),
  ProgressReported: plan,
  PauseProposed: summary,
  ManagementReviewHeld: () => ({ subject: 'managementReview' }),
  ManagementReviewCorrected: () => ({ subject: 'managementReview' }),
  FileErased: () => ({ subject: 'submission' }),
  EntryObjectedTo: ({ seq }, ties) => ofEntry(seq, ties),

  RequirementRated: ({ requirementId }) => ({ subject: 'gapAssessment', requirement: requirementId }),
  GapAssessmentCompleted: () => ({ subject: 'gapAssessment' }),
  ApplicabilitySet: ({ controlId }) => ({ subject: 'applicability', requirement: controlId }),
  StatementOfApplicabilityFrozen: () => ({ subject: 'applicability' }),

  TaskOpened: ({ task }, ties) => historyTopic(task.id, ties),
  EvidenceSubmitted: ({ taskId }, ties, seq) => submissionTopic(seq, taskId, ties),
  EvidenceTakenBack: ofTask,
  EvidenceAccepted: ofReview,
  EvidenceRejected: ofReview,
  TaskReassigned: ofTask,
  TaskExtended: ofTask,
  TaskAcknowledged: ofTask,
  TaskDependenciesSet: ofTask,
  TaskReleased: ofTask,
  TaskDeclined: ofTask,
  TaskWaived: ofTask,
  TaskCancelled: ofTask,
  TaskCompleted: ofTask,
  TaskReminded: ofLadder,
  TaskEscalated: ofLadder,
  LadderEnded: ofLadder,
  ReviewReminded: ofLadder,

  AuditPlanned: ({ audit }) => ofAudit({ auditId: audit.id }),
  EarlierAuditRecorded: ({ audit }) => ofResult({ auditId: audit.id }),
  AuditScheduled: ofAudit,
  AuditPrepared: plan,
  AuditMissed: ofAudit,
  AuditTakenUpAgain: ofAudit,
  MissedAuditTakenBack: ofAudit,
  AuditOutcomeRecorded: ofResult,
  AuditCancelled: ofAudit,
  AuditUnscheduled: ofAudit,
  AuditCalledOff: ofAudit,
  AuditOutdated: ofResult,
  OutdatedTakenBack: ofResult,

  FindingRaised: ({ finding }) => ofFinding({ findingId: finding.id }),
  CorrectiveActionPlanned: ofFinding,
  CorrectiveActionPlanReviewed: ofFinding,
  CorrectiveActionDone: ofFinding,
  FindingVerified: ofFinding,
  FindingDatesMoved: ofFinding,
  FindingRaisedToMajor: ofFinding,
  RaiseTakenBack: ofFinding,
  DeadlineMissed: ofFinding,
  DeadlineMet: ofFinding,
  FindingCorrected: ({ finding }) => ({ subject: 'finding', finding: finding.id }),
  FindingWithdrawn: ofFinding,
  OutcomeReopened: ofResult,

  DecisionRecorded: ofResult,
  CertificateIssued: certificate,
  CertificateCorrected: certificate,
  CertificateRenewed: certificate,
  CertificateSuspended: certificate,
  CertificateReinstated: certificate,
  CertificateScopeChanged: certificate,
  CertificateTransferred: certificate,
  CertificateWithdrawn: certificate,
  RecommendationDeclined: certificate,
  CertificateLapsed: certificate,
  LapseTakenBack: certificate,
  SuspensionTakenBack: certificate,
  WithdrawalTakenBack: certificate,
  WithdrawalStands: certificate,
  RestorationReopened: certificate,
  RestorationEnded: certificate,
  CertificateRestored: certificate,
  CycleStarted: certificate,
};

/** The same, as it is looked up: the union ties data to its type, the table forgets which is which. */
const lookup: Record<string, ((data: never, ties: Ties, seq: number) => Topic) | undefined> = topics;

/** What a record is about. One of a newer version is taken for what only those read who read everything. */
export function topicOfRecord(stored: ProgramRecord, ties: Ties): Topic {
  const { type, data, seq, actor, commandId } = upcast(stored);
  const topicOf = Object.hasOwn(lookup, type) ? lookup[type] : undefined;
  const topic: Topic = topicOf?.(data as never, ties, seq) ?? { subject: 'definition' };
  return { by: actor, command: commandId, ...topic };
}
