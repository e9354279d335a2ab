import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { digestGraceMinutes } from '../domain/calendar.ts';
import type { Instant, Notice, ProgramSummary } from '../domain/types/index.ts';
import { portions } from './connection.ts';
import { isPostgres, run } from './statements.ts';

/** A notice on its way into a mail. */
interface Pending {
  notice: Notice;
  /** The mail it goes into. */
  mail: string;
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
  let pending = await notInOpenDigests(trx, withPlaces(program.id, notices));
  while (pending.length > 0) {
    const mails = new Map(pending.map((one) => [one.mail, one]));
    const rows = await upsertMails(
      trx,
      [...mails.values()].map((one) => mailRow(program, one)),
    );
    const open = new Set(rows.filter(takesItems).map((row) => row.id));
    await insertItems(
      trx,
      pending.filter((one) => open.has(one.mail)),
    );
    pending = pending.filter((one) => !open.has(one.mail)).map((one) => nextDay(program.id, one));
  }
}

function withPlaces(programId: string, notices: Notice[]): Pending[] {
  const counts = new Map<string, number>();
  return notices.map((notice, position) => {
    const key = JSON.stringify([notice.to, notice.seq]);
    const nth = notice.urgent ? (counts.get(key) ?? 0) : 0;
    if (notice.urgent) counts.set(key, nth + 1);
    return placed(programId, { notice, position, nth, dueAt: notice.dueAt });
  });
}

/** The same notice always gets the same mail, so that nothing is told twice. */
function placed(programId: string, one: Omit<Pending, 'mail'>): Pending {
  const { notice, nth, dueAt } = one;
  const key = notice.urgent
    ? [programId, notice.to, 'urgent', dueAt, notice.seq, nth]
    : [programId, notice.to, 'digest', dueAt];
  return { ...one, mail: createHash('sha256').update(JSON.stringify(key)).digest('hex') };
}

function mailRow(program: ProgramSummary, { notice, mail, dueAt }: Pending) {
  return {
    id: mail,
    program_id: program.id,
    recipient: notice.to,
    kind: notice.urgent ? 'urgent' : 'digest',
    due_at: dueAt,
    status: program.rehearsal ? 'kept' : 'queued',
    available_at: notice.urgent ? dueAt : later(dueAt, digestGraceMinutes),
    attempts: 0,
    message_id: `<${mail}@certloop>`,
  };
}

/**
 * Adds what belongs into digests that are there and open, in one statement, and gives the rest. Most commits only add to
 * a digest; a row locked on the way makes a courier take it before or after.
 */
async function notInOpenDigests(trx: Knex, all: Pending[]): Promise<Pending[]> {
  const digests = all.filter(({ notice }) => !notice.urgent);
  const added = new Set<number>();
  for (const part of portions(digests)) {
    const rows = await run<{ position: number }>(trx, addToOpen(trx, part.length), part.flatMap(itemValues));
    for (const { position } of rows) added.add(position);
  }
  return all.filter(({ position }) => !added.has(position));
}

/** The values come as texts to PostgreSQL, which knows nothing of them before they are in a column. */
function addToOpen(trx: Knex, items: number): string {
  const given = Array(items).fill('(?, ?, ?, ?)').join(', ');
  const locked = isPostgres(trx) ? 'for update of m' : '';
  return `insert into mail_items (mail_id, seq, position, doc)
    select m.id, cast(i.column2 as integer), cast(i.column3 as integer), i.column4
    from (values ${given}) as i join mails as m on m.id = i.column1
    where m.status = 'kept' or (m.status = 'queued' and m.attempts = 0) ${locked}
    on conflict (mail_id, seq, position) do nothing returning position`;
}

function itemValues({ mail, notice, position }: Pending): [string, number, number, string] {
  return [mail, notice.seq, position, JSON.stringify(notice.item)];
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

async function insertItems(trx: Knex, pending: Pending[]): Promise<void> {
  const items = pending.map(itemValues).map(([mail_id, seq, position, doc]) => ({ mail_id, seq, position, doc }));
  for (const part of portions(items)) {
    await trx('mail_items').insert(part).onConflict(['mail_id', 'seq', 'position']).ignore();
  }
}

function nextDay(programId: string, one: Pending): Pending {
  return placed(programId, { ...one, dueAt: later(one.dueAt, 24 * 60) });
}

function later(at: Instant, minutes: number): Instant {
  return new Date(Date.parse(at) + minutes * 60_000).toISOString();
}
