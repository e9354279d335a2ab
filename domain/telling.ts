import { auditName } from './auditNames.ts';
import { surveillanceCoverage } from './rules/surveillance.ts';
import {
  cadenceNames,
  type Plan,
  type ProgramRecord,
  plannedPhases,
  type RecordMap,
  type RecordType,
} from './types/index.ts';

/** How each type of record reads in a line. */
type Tellings = { [T in RecordType]: (data: RecordMap[T]) => string };

/**
 * A record in one line, for a person who reads what happened. Ids stand as the register gives them, dates are calendar
 * dates of the program; who did it and when stands beside the line, not in it.
 */
export function tell(record: ProgramRecord): string {
  const told = tellings[record.type] as (data: unknown) => string;
  return told(record.data);
}

const tellings: Tellings = {
  ProgramStarted: ({ definition }) => `Program "${definition.name}" of ${definition.organization} started`,
  ProgramAdopted: ({ phase, certificate }) =>
    `Taken over while under way, in phase ${words(phase)}` +
    `${certificate ? `, with certificate ${certificate.number} (${certificate.status}), last day ${certificate.lastDay}` : ''}`,
  MissingAskedFor: () => 'What was not known was asked for',
  ProgramBegan: () => 'Work began',
  PhaseStarted: ({ phase, why }) => `Phase ${words(phase)} began: ${why}`,
  PhasePlanned: ({ phase }) => `The work of phase ${words(phase)} was laid out`,
  WarningNoted: ({ code, text }) => `Warning (${code}): ${text}`,
  PlanChanged: ({ plan, previous, reason, moved }) =>
    `Plan changed, ${planChanges(previous, plan).join(', ')}; ${count(moved.tasks.length, 'task')} moved: ${reason}`,
  ScopeChanged: ({ reason }) => `Scope changed: ${reason}`,
  PeopleChanged: ({ people, reason }) => `People changed, ${people.length} now${because(reason)}`,
  AiSystemPut: ({ system, change }) => `AI system ${system.id} "${system.name}" ${change}`,
  AiSystemRetired: ({ systemId, reason }) => `AI system ${systemId} retired${because(reason)}`,
  IncidentReported: ({ id, severity, occurredOn, description }) =>
    `Incident ${id} of ${severity} severity on ${occurredOn}: ${description}`,
  ComplaintReceived: ({ id, from, receivedOn, description }) =>
    `Complaint ${id} from ${from} on ${receivedOn}: ${description}`,
  ChangeAssessed: ({ what, evidence, systems, applicability, to }) =>
    `${what} It touches ${touched(evidence, systems, applicability)}${to.length > 0 ? `; told to ${people(to)}` : ''}`,
  SignificantChangeReported: ({ description }) => `Significant change: ${description}`,
  ProgramPaused: ({ reason }) => `Program paused: ${reason}`,
  ProgramResumed: ({ reason, days }) => `Program resumed after ${count(days, 'day')}: ${reason}`,
  ProgramCancelled: ({ reason }) => `Program cancelled: ${reason}`,
  HolidaysRecorded: ({ through, holidays }) => `${count(holidays.length, 'public holiday')} noted through ${through}`,
  CommandRejected: ({ commandType, sentBy, detail }) => `${commandType} of ${sentBy} was refused: ${detail}`,
  ProgressReported: ({ month, readiness, open, overdue }) =>
    `Progress of ${month}: ${readiness}% ready, ${count(open, 'task')} open, ${overdue} overdue`,

  RequirementRated: ({ requirementId, status, gap }) =>
    `${requirementId} rated ${words(status)}${gap ? `: ${gap}` : ''}`,
  GapAssessmentCompleted: ({ counts, effortDays }) =>
    `Gap assessment completed: ${counts.conforms} conform, ${counts.partial} partial, ${counts.missing} missing; ` +
    `${count(effortDays, 'day')} of work`,
  ApplicabilitySet: ({ controlId, applicable, justification }) =>
    `${controlId} ${applicable ? 'applies' : 'does not apply'}: ${justification}`,
  StatementOfApplicabilityFrozen: ({ version, auditId }) =>
    `Statement of applicability frozen as version ${version} for ${auditId}`,

  TaskOpened: ({ task }) => `${task.id} "${task.title}" opened for ${task.assignee}, due ${task.dueOn}`,
  EvidenceSubmitted: ({ taskId, evidence }) =>
    `Evidence for ${taskId} submitted by ${evidence.by}: ${count(evidence.links.length, 'link')}`,
  EvidenceAccepted: ({ taskId, note }) => `Evidence for ${taskId} accepted${because(note)}`,
  EvidenceRejected: ({ taskId, note }) => `Evidence for ${taskId} rejected${because(note)}`,
  TaskReassigned: ({ taskId, from, to, reason }) => `${taskId} went from ${from} to ${to}${because(reason)}`,
  TaskExtended: ({ taskId, dueOn, previousDueOn, reason }) =>
    `${taskId} extended from ${previousDueOn} to ${dueOn}: ${reason}`,
  TaskAcknowledged: ({ taskId, expectedOn }) => `${taskId} acknowledged, expected ${expectedOn}`,
  TaskDependenciesSet: ({ taskId, dependsOn }) =>
    dependsOn.length > 0 ? `${taskId} waits for ${dependsOn.join(', ')}` : `${taskId} waits for nothing any more`,
  TaskReleased: ({ taskId, why, dueOn }) => `${taskId} waits no longer, due ${dueOn}: ${why}`,
  TaskWaived: ({ taskId, reason }) => `${taskId} waived: ${reason}`,
  TaskCancelled: ({ taskId, reason }) => `${taskId} cancelled: ${reason}`,
  TaskCompleted: ({ taskId, how }) => `${taskId} completed: ${how}`,
  TaskReminded: ({ taskId, dueIn, to }) =>
    `${people(to)} reminded of ${taskId}, ${dueIn === 0 ? 'due now' : `due in ${count(dueIn, 'day')}`}`,
  TaskEscalated: ({ taskId, level, workingDays, to }) =>
    `${taskId} escalated to level ${level}, ${count(workingDays, 'working day')} overdue: ${people(to)}`,
  ReviewReminded: ({ taskId, count: times, to }) => `${people(to)} reminded to review ${taskId} (${times}. time)`,

  AuditPlanned: ({ audit }) =>
    `${auditName(audit.kind)} ${audit.id} planned for ${audit.targetOn}` +
    `${audit.latestOn ? `, at the latest ${audit.latestOn}${audit.latestRule ? ` (${audit.latestRule})` : ''}` : ''}`,
  EarlierAuditRecorded: ({ audit }) =>
    `${auditName(audit.kind)} ${audit.id} was held earlier, until ${audit.endsOn}, and ended ${words(audit.result ?? '')}`,
  AuditScheduled: ({ auditId, startsOn, endsOn, team }) =>
    `${auditId} scheduled from ${startsOn} to ${endsOn} with ${people(team)}`,
  AuditPrepared: ({ auditId, days }) => `Preparation of ${auditId}, ${count(days, 'day')} before it`,
  AuditMissed: ({ auditId, rule, latestOn }) => `${auditId} did not take place by ${latestOn} (${rule})`,
  AuditOutcomeRecorded: ({ auditId, result, note, covered = [] }) =>
    `${auditId} ended ${words(result)}${because(note)}` +
    `${covered.length > 0 ? ` (covered: ${covered.map((id) => surveillanceCoverage[id].topic).join(', ')})` : ''}`,
  AuditCancelled: ({ auditId, reason }) => `${auditId} cancelled: ${reason}`,
  AuditUnscheduled: ({ auditId, reason }) => `${auditId} is to be scheduled anew: ${reason}`,
  AuditOutdated: ({ auditId, rule, untilOn, findings }) =>
    `${auditId} is to be done again (${rule}): ${findings.join(', ')} not verified until ${untilOn}`,
  FindingRaised: ({ finding }) =>
    `${finding.id}, ${finding.grade}, raised in ${finding.auditId} against ${finding.requirementId}: ${finding.statement}`,
  CorrectiveActionPlanned: ({ findingId, plan }) => `Corrective action for ${findingId} planned until ${plan.dueOn}`,
  CorrectiveActionPlanReviewed: ({ findingId, verdict, note }) =>
    `Plan for ${findingId} ${verdict === 'accept' ? 'accepted' : 'rejected'}${because(note)}`,
  CorrectiveActionDone: ({ findingId }) => `Corrective action for ${findingId} reported done`,
  FindingVerified: ({ findingId, effective, closed, note }) =>
    `${findingId} verified: ${effective ? 'effective' : 'not effective'}${closed ? ', closed' : ''}${because(note)}`,
  FindingRaisedToMajor: ({ findingId, rule, reason, together = [] }) =>
    `${[findingId, ...together].join(' with ')} raised to major (${rule}): ${reason}`,
  DeadlineMissed: ({ findingId, deadline, dueOn }) =>
    `${deadline === 'plan' ? 'Plan' : 'Verification'} of ${findingId} missed, it was due ${dueOn}`,
  ManagementReviewHeld: ({ id, heldOn, attendees, actions }) =>
    `Management review ${id} held on ${heldOn} by ${count(attendees.length, 'person', 'people')}, ${count(actions.length, 'action')}`,

  DecisionRecorded: ({ auditId, decision, basis }) => `Decision on ${auditId}: ${words(decision)}. ${basis}`,
  CertificateIssued: ({ certificate }) =>
    `Certificate ${certificate.number} issued, valid through ${certificate.lastDay}`,
  CertificateRenewed: ({ certificate }) =>
    `Certificate ${certificate.number} renewed, valid through ${certificate.lastDay}`,
  CertificateSuspended: ({ reason, untilOn }) => `Certificate suspended, to be resolved by ${untilOn}: ${reason}`,
  CertificateReinstated: ({ reason }) => `Certificate reinstated: ${reason}`,
  CertificateScopeChanged: ({ change, scope, reason }) =>
    `Scope of the certificate ${change} to "${scope.statement}"${scope.exclusions ? `, without "${scope.exclusions}"` : ''}: ${reason}`,
  CertificateTransferred: ({ from, to, on, reason, openFindings }) =>
    `Certificate transferred from ${from} to ${to.name} on ${on}, with ${openFindings.join(', ') || 'no open nonconformity'}: ${reason}`,
  CertificateWithdrawn: ({ reason }) => `Certificate withdrawn: ${reason}`,
  CertificateLapsed: ({ lastDay }) => `Certificate lapsed after its last day, ${lastDay}`,
  CertificateRestored: ({ certificate, reason }) =>
    `Certificate ${certificate.number} restored, valid through ${certificate.lastDay}: ${reason}`,
  RestorationEnded: () => 'The time in which the certificate could be restored ended',
  CycleStarted: ({ cycle }) => `Certification cycle ${cycle} began`,
};

/** A name of the program's own, in words: `gapAssessment` reads `gap assessment`. */
function words(name: string): string {
  return name.replace(/[A-Z0-9]+/g, (part) => ` ${part.toLowerCase()}`);
}

function touched(evidence: string[], systems: string[], applicability: boolean): string {
  const parts = [
    ...(evidence.length > 0 ? [`the evidence of ${evidence.join(', ')}`] : []),
    ...(systems.length > 0 ? [`the impact of ${systems.join(', ')}`] : []),
    ...(applicability ? ['the statement of applicability'] : []),
  ];
  return parts.join(' and ') || 'nothing that was handed in';
}

/** How a plan differs from the one before, one difference for each part. */
export function planChanges(before: Plan, after: Plan): string[] {
  const phases = plannedPhases.filter((phase) => before.phases[phase] !== after.phases[phase]);
  return [
    ...(before.startsOn === after.startsOn ? [] : [`start ${before.startsOn} to ${after.startsOn}`]),
    ...cadenceNames
      .filter((name) => before.cadences[name] !== after.cadences[name])
      .map((name) => `${words(name)} every ${before.cadences[name]} to every ${after.cadences[name]} months`),
    ...phases.map((phase) => `${words(phase)} ${before.phases[phase]} to ${after.phases[phase]}`),
  ];
}

function because(note: string | undefined): string {
  return note ? `: ${note}` : '';
}

function people(emails: string[]): string {
  return emails.join(', ');
}

function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`;
}
