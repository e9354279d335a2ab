import type { Email, Instant } from '../../domain/basics.ts';
import { addMonths } from '../../domain/calendar.ts';
import type { MailKind } from '../../domain/notices.ts';
import type { ProgramRecord, RecordType } from '../../domain/registry.ts';
import type { Task } from '../../domain/tasks/task.ts';
import { cast } from './cast.ts';
import type { Player } from './player.ts';
import { mustBe, mustEqual } from './storyError.ts';

/** A mail as the API shows it. */
export interface ShownMail {
  to: Email;
  kind: MailKind;
  dueAt: Instant;
  status: string;
  subject: string;
  text: string;
}

/** A line of the timeline as the API tells it. */
export interface Told {
  seq: number;
  at: Instant;
  type: RecordType;
  actor: string;
  text: string;
}

/** All that a program leaves behind. */
export interface Legacy {
  records: ProgramRecord[];
  told: Told[];
  mails: ShownMail[];
}

/** Reads everything that happened, from the beginning. */
export async function legacyOf(player: Player): Promise<Legacy> {
  const manager = player.as(cast.manager);
  const [records, mails, told] = await Promise.all([
    manager.all<ProgramRecord>('/records'),
    manager.all<ShownMail>('/mails'),
    timelineOf(player),
  ]);
  return { records, mails, told };
}

/**
 * Checks at the end what holds for the story as a whole.
 *
 * @param lateTask - the one task that may have been escalated
 * @throws StoryError naming the first thing that is not as it is told
 */
export async function mustHaveEndedWell(player: Player, { records, mails }: Legacy, lateTask: string): Promise<void> {
  const manager = player.as(cast.manager);
  const verified = await manager.get<{ ok: boolean; records: number }>('/records/verify');
  mustEqual('the check of the register', [verified.ok, verified.records], [true, records.length]);
  mustEqual('open tasks that are overdue', await manager.all<Task>('/tasks?overdue=true'), []);
  for (const type of ['AuditMissed', 'DeadlineMissed', 'CertificateLapsed', 'FindingRaisedToMajor'] as const) {
    mustEqual(`records of type ${type}`, ofType(records, type), []);
  }
  const escalated = new Set(ofType(records, 'TaskEscalated').map(({ data }) => data.taskId));
  mustEqual('the tasks that were escalated', [...escalated], [lateTask]);
  mustHavePhases(records);
  mustBeSentAgain(records);
  mustBeReviewedQuarterly(records);
  mustBeDigests(player, mails);
}

/** The records of a type, in their order. */
export function ofType<T extends RecordType>(records: ProgramRecord[], type: T): Extract<ProgramRecord, { type: T }>[] {
  return records.filter((record): record is Extract<ProgramRecord, { type: T }> => record.type === type);
}

function mustHavePhases(records: ProgramRecord[]): void {
  mustEqual(
    'the phases, in their order',
    ofType(records, 'PhaseStarted').map(({ data }) => data.phase),
    ['implementation', 'internalAudit', 'certificationAudit', 'surveillanceCycle'],
  );
  const warned = ofType(records, 'WarningNoted').map(({ data }) => data.code);
  mustEqual('the warnings: the review came before the internal audit', warned, ['R2']);
  const checks = ofType(records, 'TaskOpened').filter(({ data }) => data.task.kind === 'effectivenessCheck');
  mustEqual('how many actions had their effectiveness checked', checks.length, 1);
}

/** The evidence that was rejected came again and was accepted. */
function mustBeSentAgain(records: ProgramRecord[]): void {
  const rejected = ofType(records, 'EvidenceRejected').map(({ data }) => data.taskId);
  mustEqual('how many pieces of evidence were rejected', rejected.length, 1);
  const way = records.flatMap((record) =>
    record.type.startsWith('Evidence') && 'taskId' in record.data && record.data.taskId === rejected[0]
      ? [record.type]
      : [],
  );
  mustEqual('the way of the rejected evidence', way, [
    'EvidenceSubmitted',
    'EvidenceRejected',
    'EvidenceSubmitted',
    'EvidenceAccepted',
  ]);
}

function mustBeReviewedQuarterly(records: ProgramRecord[]): void {
  const held = ofType(records, 'ManagementReviewHeld').map(({ data }) => data.heldOn);
  const certifiedOn = ofType(records, 'CertificateIssued')[0]?.data.certificate.decidedOn as string;
  const late = held.filter((on, index) => {
    const before = held[index - 1];
    return before !== undefined && before >= certifiedOn && on > addMonths(before, 3);
  });
  mustEqual('management reviews later than three months after the one before', late, []);
}

function mustBeDigests(player: Player, mails: ShownMail[]): void {
  for (const of of ['digest', 'escalation']) {
    const days = mails.filter(({ kind }) => kind === of).map(({ to, dueAt }) => `${to} ${player.dateOf(dueAt)}`);
    const twice = days.filter((day, index) => days.indexOf(day) !== index);
    mustEqual(`mails (${of}) beyond one for each person and day`, twice, []);
  }
  const sent = mails.filter(({ status }) => status !== 'kept' && status !== 'overtaken');
  mustBe(mails.length > 0 && sent.length === 0, 'mails of a rehearsal to be kept, never sent', () => sent.slice(0, 3));
}

async function timelineOf(player: Player): Promise<Told[]> {
  const pages: Told[][] = [];
  for (let cursor: string | null = ''; cursor !== null; ) {
    const query: string = `/timeline?limit=200${cursor ? `&cursor=${cursor}` : ''}`;
    const page: { past: Told[]; nextCursor: string | null } = await player.as(cast.manager).get(query);
    pages.unshift(page.past);
    cursor = page.nextCursor;
  }
  return pages.flat();
}
