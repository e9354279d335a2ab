import type { Audit, AuditKind } from '../../domain/audits/audit.ts';
import type { Email } from '../../domain/basics.ts';
import { filesOf } from '../../domain/evidence/carried.ts';
import type { Finding } from '../../domain/findings/finding.ts';
import { upcast } from '../../domain/fold.ts';
import type { Told } from '../../domain/registry/told.ts';
import type { ProgramRecord, RecordMap } from '../../domain/registry.ts';
import type { TaskKind } from '../../domain/tasks/task.ts';

/** Whom something concerned, ever. */
interface Tie {
  people: readonly Email[];
}

export interface TaskTie extends Tie {
  kind: TaskKind;
  assignee: Email;
  requirementId?: string | undefined;
  systemId?: string | undefined;
  auditId?: string | undefined;
  findingId?: string | undefined;
  /** The record of the last submission. */
  submission?: number;
}

/** `people`: those on its team, or whom its outcome was asked of; `deciders`: whose the decision on it is or was. */
export interface AuditTie extends Tie {
  kind: AuditKind;
  cycle: number;
  deciders: readonly Email[];
}

export interface FindingTie extends Tie {
  auditId: string;
  requirementId: string;
}

export interface SubmissionTie {
  taskId: string;
  by: Email;
  /** Who had the task at that time. */
  assignee: Email;
  accepted: boolean;
}

/** A record, with what it is about and nothing else of what it says. */
export type FileUse = Pick<ProgramRecord, 'type' | 'seq' | 'actor' | 'commandId'> & { data: object };

/**
 * How the people of a program are tied to what is in it, from all of its records: the state forgets what was closed in an
 * earlier cycle, and who had a task before.
 */
export interface Ties {
  tasks: ReadonlyMap<string, TaskTie>;
  audits: ReadonlyMap<string, AuditTie>;
  findings: ReadonlyMap<string, FindingTie>;
  /** By the requirement's number; `owner` is the present one. */
  requirements: ReadonlyMap<string, Tie & { owner?: Email }>;
  systems: ReadonlyMap<string, Tie>;
  /** Whose the incidents and complaints became, by the command that reported them. */
  occurrences: ReadonlyMap<string, Tie>;
  /** By which command, and by whom, incidents and complaints were reported, by their ids. */
  reports: ReadonlyMap<string, { command: string; by: string }>;
  /** By the sequence number of the record. */
  submissions: ReadonlyMap<number, SubmissionTie>;
  /** Which submission was reviewed, both by the sequence numbers of their records. */
  reviews: ReadonlyMap<number, number>;
  /** Who stands in for whom, from when it was said until it ends. */
  deputies: ReadonlyMap<Email, Email>;
  /** The records in which a file stands, by its SHA-256. */
  files: ReadonlyMap<string, readonly FileUse[]>;
  /** What was entered for people of the certification body, by the sequence number of its record. */
  entries: ReadonlyMap<number, FileUse>;
}

/** The same while it is made. */
type Growing = { [K in keyof Ties]: Ties[K] extends ReadonlyMap<infer I, infer V> ? Map<I, V> : never };

/** Of a program in which nobody is tied to anything. */
export const noTies: Ties = {
  tasks: new Map(),
  audits: new Map(),
  findings: new Map(),
  requirements: new Map(),
  systems: new Map(),
  occurrences: new Map(),
  reports: new Map(),
  submissions: new Map(),
  reviews: new Map(),
  deputies: new Map(),
  files: new Map(),
  entries: new Map(),
};

/** The ties after some more records of a program; `before` stays as it is. */
export function tiesAfter(records: readonly ProgramRecord[], before: Ties = noTies): Ties {
  const ties: Growing = {
    tasks: new Map(before.tasks),
    audits: new Map(before.audits),
    findings: new Map(before.findings),
    requirements: new Map(before.requirements),
    systems: new Map(before.systems),
    occurrences: new Map(before.occurrences),
    reports: new Map(before.reports),
    submissions: new Map(before.submissions),
    reviews: new Map(before.reviews),
    deputies: new Map(before.deputies),
    files: new Map(before.files),
    entries: new Map(before.entries),
  };
  for (const record of records.map(upcast)) {
    tie(ties, record);
    addFiles(ties, record);
    addEntry(ties, record);
  }
  return ties;
}

/** Takes in one record; most tie nobody to anything. */
function tie(ties: Growing, record: ProgramRecord): void {
  const { type, data } = record;
  if (type === 'TaskOpened') openTask(ties, data.task, record.commandId);
  else if (type === 'TaskReassigned') giveTask(ties, data.taskId, data.to);
  else if (type === 'EvidenceSubmitted') submit(ties, data, record.seq);
  else if (type === 'EvidenceAccepted') review(ties, data.taskId, record.seq, true);
  else if (type === 'EvidenceRejected') review(ties, data.taskId, record.seq, false);
  else if (type === 'RequirementRated') own(ties, data.requirementId, data.owner);
  else if (type === 'RequirementsHandedOver') for (const id of data.requirements) own(ties, id, data.to);
  else if (type === 'DutiesDelegated') ties.deputies.set(data.email, data.deputy);
  else if (type === 'DelegationEnded') ties.deputies.delete(data.email);
  else if (type === 'AuditPlanned' || type === 'EarlierAuditRecorded') addAudit(ties, data.audit);
  else if (type === 'AuditScheduled') changeAudit(ties, data.auditId, (audit) => joined(audit, ...data.team));
  else if (type === 'DecisionRecorded' && record.actor !== 'system') addDecider(ties, data.auditId, record.actor);
  else if (type === 'FindingRaised') addFinding(ties, data.finding);
  else if (type === 'IncidentReported' || type === 'ComplaintReceived')
    ties.reports.set(data.id, { command: record.commandId, by: record.actor });
}

function openTask(ties: Growing, task: RecordMap['TaskOpened']['task'], commandId: string): void {
  const { id, kind, assignee, requirementId, systemId, auditId, findingId } = task;
  ties.tasks.set(id, { kind, assignee, people: [], requirementId, systemId, auditId, findingId });
  giveTask(ties, id, assignee);
  if (kind === 'incident' || kind === 'complaint')
    ties.occurrences.set(commandId, joined(ties.occurrences.get(commandId) ?? nobody, assignee));
}

/** Whoever has a task is tied to what it is about. */
function giveTask(ties: Growing, taskId: string, to: Email): void {
  const task = ties.tasks.get(taskId);
  if (!task) return;
  ties.tasks.set(taskId, { ...joined(task, to), assignee: to });
  tieTo(ties, task, to);
}

function tieTo(ties: Growing, task: TaskTie, email: Email): void {
  const { kind, requirementId, systemId, auditId, findingId } = task;
  if (requirementId)
    ties.requirements.set(requirementId, joined(ties.requirements.get(requirementId) ?? nobody, email));
  if (systemId) ties.systems.set(systemId, joined(ties.systems.get(systemId) ?? nobody, email));
  const finding = findingId && ties.findings.get(findingId);
  if (finding) ties.findings.set(findingId, joined(finding, email));
  if (auditId && kind === 'auditOutcome') changeAudit(ties, auditId, (audit) => joined(audit, email));
  if (auditId && kind === 'decision') addDecider(ties, auditId, email);
}

function submit(ties: Growing, { taskId, evidence }: RecordMap['EvidenceSubmitted'], seq: number): void {
  const task = ties.tasks.get(taskId);
  if (!task) return;
  const { by } = evidence;
  ties.submissions.set(seq, { taskId, by, assignee: task.assignee, accepted: false });
  ties.tasks.set(taskId, { ...joined(task, by), submission: seq });
}

function review(ties: Growing, taskId: string, seq: number, accepted: boolean): void {
  const reviewed = ties.tasks.get(taskId)?.submission;
  const submission = reviewed === undefined ? undefined : ties.submissions.get(reviewed);
  if (reviewed === undefined || !submission) return;
  ties.reviews.set(seq, reviewed);
  ties.submissions.set(reviewed, { ...submission, accepted });
}

function own(ties: Growing, requirementId: string, owner: Email): void {
  ties.requirements.set(requirementId, { ...(ties.requirements.get(requirementId) ?? nobody), owner });
}

function addAudit(ties: Growing, { id, kind, cycle, team }: Audit): void {
  ties.audits.set(id, { kind, cycle, people: team, deciders: [] });
}

function changeAudit(ties: Growing, id: string, change: (audit: AuditTie) => AuditTie): void {
  const audit = ties.audits.get(id);
  if (audit) ties.audits.set(id, change(audit));
}

function addDecider(ties: Growing, auditId: string, email: Email): void {
  changeAudit(ties, auditId, (audit) => ({ ...audit, deciders: added(audit.deciders, email) }));
}

function addFinding(ties: Growing, { id, auditId, requirementId, raisedBy }: Finding): void {
  ties.findings.set(id, { auditId, requirementId, people: [raisedBy] });
}

/** Files stand in what was submitted, and beside what an audit, a review or a decision came to. */
function addFiles(ties: Growing, record: ProgramRecord): void {
  for (const { sha256 } of filesOf(record))
    ties.files.set(sha256, [...(ties.files.get(sha256) ?? []), aboutIn(record)]);
}

function addEntry(ties: Growing, record: ProgramRecord): void {
  if ((record.data as Told).onBehalfOf !== undefined) ties.entries.set(record.seq, aboutIn(record));
}

/** What a record is about, as its topic asks for it. */
function aboutIn({ type, seq, actor, commandId, data }: ProgramRecord): FileUse {
  const { taskId, auditId, findingId, finding, audit } = data as Record<string, unknown> & {
    finding?: { id: string };
    audit?: { id: string };
  };
  const inner = { ...(finding && { finding: { id: finding.id } }), ...(audit && { audit: { id: audit.id } }) };
  return { type, seq, actor, commandId, data: { taskId, auditId, findingId, ...inner } };
}

const nobody: Tie = { people: [] };

function joined<T extends Tie>(tied: T, ...emails: Email[]): T {
  return { ...tied, people: emails.reduce(added, tied.people) };
}

function added(people: readonly Email[], email: Email): readonly Email[] {
  return people.includes(email) ? people : [...people, email];
}
