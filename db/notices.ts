import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import type { Instant } from '../domain/basics.ts';
import { digestGraceMinutes } from '../domain/calendar.ts';
import type { Notice } from '../domain/notices.ts';
import type { ProgramSummary } from '../domain/views.ts';
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

/**
 * Puts notices into the outbox: an urgent one as a mail of its own, the others into the digest of their recipient
 * and due instant, which leaves a few minutes later, so that what falls due at that very moment is in it. A digest
 * that a courier already took goes out as it is; what comes later waits for the next
 * day's. The mails of a rehearsal are kept and never sent.
 */
export async function queueNotices(trx: Knex, program: ProgramSummary, notices: Notice[]): Promise<void> {
  const all = withPlaces(program.id, notices);
  const urgent = all.filter(({ notice }) => notice.urgent);
  const digested = all.filter(({ notice }) => !notice.urgent);
  // Most commits only add to digests that are there.
  let pending = [...urgent, ...(await addToOpen(trx, digested))];
  while (pending.length > 0) {
    await makeMails(trx, program, pending);
    pending = (await addToOpen(trx, pending)).map((one) => nextDay(program.id, one));
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
 * Adds notices to their mails where these are there and open, in one statement, and gives those that found none. A digest
 * that was tried once may have arrived although the courier heard an error: nothing is added to it. The rows are locked
 * on the way: a courier takes the digest before or after, never meanwhile.
 */
async function addToOpen(trx: Knex, pending: Pending[]): Promise<Pending[]> {
  const added = new Set<number>();
  for (const part of portions(pending)) {
    const values = part.flatMap(({ mail, notice, position }) => {
      return [mail, notice.seq, position, JSON.stringify(notice.item)];
    });
    const rows = await run<{ position: number }>(trx, insertionIntoOpen(trx, part.length), values);
    for (const { position } of rows) added.add(position);
  }
  return pending.filter(({ position }) => !added.has(position));
}

/** The values come as texts to PostgreSQL, which knows nothing of them before they are in a column. */
function insertionIntoOpen(trx: Knex, items: number): string {
  const given = Array(items).fill('(?, ?, ?, ?)').join(', ');
  const locked = isPostgres(trx) ? 'for update of m' : '';
  return `insert into mail_items (mail_id, seq, position, doc)
    select m.id, cast(i.column2 as integer), cast(i.column3 as integer), i.column4
    from (values ${given}) as i join mails as m on m.id = i.column1
    where m.status = 'kept' or (m.status = 'queued' and m.attempts = 0) ${locked}
    returning position`;
}

/** Makes the mails that are not there yet. */
async function makeMails(trx: Knex, program: ProgramSummary, pending: Pending[]): Promise<void> {
  const mails = new Map(pending.map((one) => [one.mail, mailRow(program, one)]));
  for (const part of portions([...mails.values()])) await trx('mails').insert(part).onConflict('id').ignore();
}

function nextDay(programId: string, one: Pending): Pending {
  return placed(programId, { ...one, dueAt: later(one.dueAt, 24 * 60) });
}

function later(at: Instant, minutes: number): Instant {
  return new Date(Date.parse(at) + minutes * 60_000).toISOString();
}
