import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { digestGraceMinutes } from '../domain/calendar.ts';
import type { Instant, Notice, ProgramSummary } from '../domain/types/index.ts';
import { portions } from './connection.ts';

/** A notice on its way into a mail. */
interface Pending {
  notice: Notice;
  /** Its place among the notices of the commit. */
  position: number;
  /** For an urgent notice its place among those of the same record to the same person; 0 for others. */
  nth: number;
  dueAt: Instant;
}

interface MailRow {
  id: string;
  kind: string;
  status: string;
  attempts: number;
}

/**
 * Puts notices into the outbox: an urgent one as a mail of its own, the others into the digest of their recipient
 * and due instant, which leaves a few minutes later, so that what falls due at that very moment is in it. A digest
 * that a courier already took goes out as it is; what comes later waits for the next
 * day's. The mails of a rehearsal are kept and never sent.
 */
export async function queueNotices(trx: Knex, program: ProgramSummary, notices: Notice[]): Promise<void> {
  let pending = withPlaces(notices);
  while (pending.length > 0) {
    const mails = new Map(pending.map((one) => [mailId(program.id, one), one]));
    const rows = await upsertMails(
      trx,
      [...mails].map(([id, one]) => mailRow(id, program, one)),
    );
    const open = new Set(rows.filter(takesItems).map((row) => row.id));
    await insertItems(
      trx,
      program.id,
      pending.filter((one) => open.has(mailId(program.id, one))),
    );
    pending = pending.filter((one) => !open.has(mailId(program.id, one))).map(nextDay);
  }
}

function withPlaces(notices: Notice[]): Pending[] {
  const counts = new Map<string, number>();
  return notices.map((notice, position) => {
    const key = JSON.stringify([notice.to, notice.seq]);
    const nth = notice.urgent ? (counts.get(key) ?? 0) : 0;
    if (notice.urgent) counts.set(key, nth + 1);
    return { notice, position, nth, dueAt: notice.dueAt };
  });
}

/** The same notice always gets the same mail, so that nothing is told twice. */
function mailId(programId: string, { notice, nth, dueAt }: Pending): string {
  const key = notice.urgent
    ? [programId, notice.to, 'urgent', dueAt, notice.seq, nth]
    : [programId, notice.to, 'digest', dueAt];
  return createHash('sha256').update(JSON.stringify(key)).digest('hex');
}

function mailRow(id: string, program: ProgramSummary, { notice, dueAt }: Pending) {
  return {
    id,
    program_id: program.id,
    recipient: notice.to,
    kind: notice.urgent ? 'urgent' : 'digest',
    due_at: dueAt,
    status: program.rehearsal ? 'kept' : 'queued',
    available_at: notice.urgent ? dueAt : later(dueAt, digestGraceMinutes),
    attempts: 0,
    message_id: `<${id}@certloop>`,
  };
}

/** Writing a row over with itself locks it and gives its status: a courier takes the digest before or after, never meanwhile. */
async function upsertMails(trx: Knex, mails: ReturnType<typeof mailRow>[]): Promise<MailRow[]> {
  const rows: MailRow[] = [];
  for (const part of portions(mails)) {
    const columns = ['id', 'kind', 'status', 'attempts'];
    rows.push(...(await trx('mails').insert(part).onConflict('id').merge(['message_id']).returning(columns)));
  }
  return rows;
}

/** A digest that was tried once may have arrived although the courier heard an error: nothing is added to it. */
function takesItems({ kind, status, attempts }: MailRow): boolean {
  return kind === 'urgent' || status === 'kept' || (status === 'queued' && attempts === 0);
}

async function insertItems(trx: Knex, programId: string, pending: Pending[]): Promise<void> {
  const items = pending.map((one) => ({
    mail_id: mailId(programId, one),
    seq: one.notice.seq,
    position: one.position,
    doc: JSON.stringify(one.notice.item),
  }));
  for (const part of portions(items)) {
    await trx('mail_items').insert(part).onConflict(['mail_id', 'seq', 'position']).ignore();
  }
}

function nextDay(one: Pending): Pending {
  return { ...one, dueAt: later(one.dueAt, 24 * 60) };
}

function later(at: Instant, minutes: number): Instant {
  return new Date(Date.parse(at) + minutes * 60_000).toISOString();
}
