import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import type { Email, Instant } from '../domain/basics.ts';
import { digestGraceMinutes } from '../domain/calendar.ts';
import type { ProgramRecord } from '../domain/registry.ts';
import type { ProgramSummary } from '../domain/views.ts';
import { toRecord } from './append.ts';
import type { Connection } from './connection.ts';
import { type Order, paginate } from './cursor.ts';
import type { Leased, Mail, MailStatus, Outbox } from './types.ts';

interface Row {
  id: string;
  program_id: string;
  program: string;
  recipient: Email;
  kind: Mail['kind'];
  due_at: Instant;
  status: MailStatus;
  attempts: number;
  last_error: string | null;
  sent_at: Instant | null;
  message_id: string;
}

/** Records read at once. */
const portion = 500;

const latestFirst: Order = { columns: { 'm.due_at': 'string', 'm.id': 'string' }, descending: true };

/** The outbox: `Register.append` fills it, couriers empty it. Any number of couriers may run at once. */
export function createOutbox(connection: Connection): Outbox {
  const { reader, write } = connection;
  return {
    async lease(now, limit, leaseSeconds, { takingOver } = { takingOver: true }) {
      const until = after(now, leaseSeconds);
      const mails = await write(async (trx) => {
        const ids = await takeDue(trx, connection.kind, { now, limit, until, takingOver });
        if (ids.length === 0) return [];
        const rows: Row[] = await mailsWithProgram(trx).whereIn('m.id', ids).orderBy(['m.due_at', 'm.id']);
        return withItems(trx, rows);
      });
      return withLater(reader, mails);
    },
    async renew(mails, now, leaseSeconds) {
      // No condition at all would hold for every mail.
      if (mails.length === 0) return [];
      const until = after(now, leaseSeconds);
      const renewed = await write((trx) =>
        trx('mails')
          .where((any) => {
            for (const mail of mails) any.orWhere(leased(mail));
          })
          .update({ available_at: until })
          .returning('id'),
      );
      return renewed.map(({ id }) => id);
    },
    async sent(mailId, at) {
      await write((trx) =>
        trx('mails')
          .where({ id: mailId })
          .whereNot({ status: 'sent' })
          .update({ status: 'sent', sent_at: at, last_error: null }),
      );
    },
    async overtaken(mail) {
      await write((trx) => trx('mails').where(leased(mail)).update({ status: 'overtaken', last_error: null }));
    },
    async failed(mail, error, retryAt) {
      const change = retryAt === null ? { status: 'failed' } : { status: 'queued', available_at: retryAt };
      await write((trx) =>
        trx('mails')
          .where(leased(mail))
          .update({ ...change, last_error: error }),
      );
    },
    async list(programId, now, page) {
      const query = mailsWithProgram(reader).where('m.program_id', programId).where('m.due_at', '<=', now);
      const { items, nextCursor } = await paginate<Row>(query, latestFirst, page);
      return { items: await withLater(reader, await withItems(reader, items)), nextCursor };
    },
    async backlog(now) {
      const due = reader('mails').whereIn('status', ['queued', 'sending']).where('due_at', '<=', now).count('id as n');
      const failed = reader('mails').where({ status: 'failed' }).count('id as n');
      const [[dueRow], [failedRow]] = await Promise.all([due, failed]);
      return { due: Number(dueRow?.n), failed: Number(failedRow?.n) };
    },
  };
}

/** The row of a mail as long as the lease is the one that its courier took. */
function leased({ id, attempts }: Leased) {
  return { id, attempts, status: 'sending' };
}

function after(now: Instant, seconds: number): Instant {
  return DateTime.fromISO(now, { zone: 'utc' }).plus({ seconds }).toJSDate().toISOString();
}

/** Couriers never wait for each other: on PostgreSQL each skips what another has locked, on SQLite they take turns. */
async function takeDue(
  trx: Knex,
  kind: Connection['kind'],
  { now, limit, until, takingOver }: { now: Instant; limit: number; until: Instant; takingOver: boolean },
): Promise<string[]> {
  const due = trx('mails')
    .whereIn('status', takingOver ? ['queued', 'sending'] : ['queued'])
    .where('available_at', '<=', now)
    .orderBy('available_at')
    .limit(limit)
    .select('id');
  if (kind === 'postgres') due.forUpdate().skipLocked();
  const ids = (await due).map((row) => row.id as string);
  if (ids.length > 0) {
    await trx('mails')
      .whereIn('id', ids)
      .update({ status: 'sending', available_at: until, attempts: trx.raw('attempts + 1') });
  }
  return ids;
}

function mailsWithProgram(db: Knex): Knex.QueryBuilder {
  return db('mails as m').join('programs as p', 'p.id', 'm.program_id').select('m.*', 'p.doc as program');
}

async function withItems(db: Knex, rows: Row[]): Promise<Mail[]> {
  const mails = new Map(rows.map((row) => [row.id, toMail(row)]));
  const items = await db('mail_items')
    .whereIn('mail_id', [...mails.keys()])
    .orderBy(['mail_id', 'seq', 'position'])
    .select('mail_id', 'seq', 'doc');
  for (const { mail_id, seq, doc } of items) mails.get(mail_id)!.items.push({ seq, item: JSON.parse(doc) });
  return [...mails.values()];
}

/** Gives each digest what its program recorded since its first item, until it left. */
async function withLater(db: Knex, mails: Mail[]): Promise<Mail[]> {
  const digests = mails.filter(({ kind, items }) => kind === 'digest' && items.length > 0);
  for (const programId of new Set(digests.map((mail) => mail.programId))) {
    const spans = digests
      .filter((mail) => mail.programId === programId)
      .map((mail) => ({ mail, after: mail.items[0]!.seq, until: leftAt(mail) }));
    const records = await recordsIn(db, programId, spans);
    for (const { mail, after: first, until } of spans) {
      const later = records.filter(({ seq, at }) => seq > first && at <= until);
      if (later.length > 0) mail.later = later;
    }
  }
  return mails;
}

/** The records that spans of a program's life cover, in portions: mails of long ago need not those of today. */
async function recordsIn(db: Knex, programId: string, spans: { after: number; until: Instant }[]) {
  const until = spans
    .map((span) => span.until)
    .sort()
    .at(-1)!;
  const records: ProgramRecord[] = [];
  for (let seq = Math.min(...spans.map((span) => span.after)); ; seq = records.at(-1)!.seq) {
    const rows = await db('records')
      .where({ program_id: programId })
      .where('seq', '>', seq)
      .orderBy('seq')
      .limit(portion)
      .select('payload');
    records.push(...rows.map(toRecord));
    if (rows.length < portion || records.at(-1)!.at > until) return records;
  }
}
/** When a digest left, or would have in a rehearsal; as long as it is to be sent, the end of all time. */
function leftAt({ status, sentAt, dueAt }: Mail): Instant {
  return (status === 'kept' ? after(dueAt, digestGraceMinutes * 60) : sentAt) ?? '9999-12-31T23:59:59.999Z';
}

function toMail(row: Row): Mail {
  const program: ProgramSummary = JSON.parse(row.program);
  return {
    id: row.id,
    programId: row.program_id,
    programName: program.name,
    organization: program.organization,
    to: row.recipient,
    kind: row.kind,
    dueAt: row.due_at,
    status: row.status,
    attempts: row.attempts,
    ...(row.last_error !== null && { lastError: row.last_error }),
    ...(row.sent_at !== null && { sentAt: row.sent_at }),
    messageId: row.message_id,
    items: [],
  };
}
