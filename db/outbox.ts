import type { Knex } from 'knex';
import { DateTime } from 'luxon';
import type { Email, Instant } from '../domain/basics.ts';
import { digestGraceMinutes } from '../domain/calendar.ts';
import { weeklyAfter } from '../domain/people/mailPreferences.ts';
import type { ProgramRecord } from '../domain/registry.ts';
import type { ProgramSummary } from '../domain/views.ts';
import { toRecord } from './append.ts';
import { release, takeDue } from './bundles.ts';
import type { Connection } from './connection.ts';
import { type Order, paginate } from './cursor.ts';
import { mornings } from './mailPlaces.ts';
import { moveItems } from './notices.ts';
import type { Bundle, Leased, Mail, MailStatus, Outbox, Unreached } from './types.ts';

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
  time_zone: string | null;
  bundle: string | null;
  tries: number | null;
  local: boolean | number | null;
}

/** Records read at once. */
const portion = 500;

const latestFirst: Order = { columns: { 'm.due_at': 'string', 'm.id': 'string' }, descending: true };

/** The outbox: `Register.append` fills it, couriers empty it. Any number of couriers may run at once. */
export function createOutbox(connection: Connection): Outbox {
  const { reader, write } = connection;
  return {
    async lease(now, limit, leaseSeconds, { takingOver = true, domain } = {}) {
      const until = after(now, leaseSeconds);
      const mails = await write(async (trx) => {
        const ids = await takeDue(trx, connection.kind, { now, limit, until, takingOver, domain });
        if (ids.length === 0) return [];
        const rows: Row[] = await mailsWithProgram(trx)
          .whereIn('m.bundle', ids)
          .where({ 'm.status': 'sending' })
          .orderBy(['m.due_at', 'm.id']);
        return readableOf(trx, rows);
      });
      return bundled(await withLater(reader, mails));
    },
    async renew(bundles, now, leaseSeconds) {
      // No condition at all would hold for every mail.
      if (bundles.length === 0) return [];
      const until = after(now, leaseSeconds);
      const renewed: { bundle: string }[] = await write((trx) =>
        trx('mails')
          .where((any) => {
            for (const bundle of bundles) any.orWhere(leased(bundle));
          })
          .update({ available_at: until })
          .returning('bundle'),
      );
      return [...new Set(renewed.map(({ bundle }) => bundle))];
    },
    async sent(bundleId, at, { local } = { local: false }) {
      await write((trx) =>
        trx('mails')
          .where({ bundle: bundleId })
          .whereNotIn('status', ['sent', 'overtaken'])
          .update({ status: 'sent', sent_at: at, last_error: null, ...(local && { local }) }),
      );
    },
    async overtaken(bundle, mailIds) {
      await write((trx) => {
        const parts = trx('mails').where(leased(bundle));
        if (mailIds) parts.whereIn('id', mailIds);
        return parts.update({ status: 'overtaken', last_error: null });
      });
    },
    async unwanted(bundle) {
      await write((trx) => trx('mails').where(leased(bundle)).update({ status: 'unwanted', last_error: null }));
    },
    async postponed(bundle, until) {
      await write((trx) =>
        trx('mails').where(leased(bundle)).update({ status: 'queued', available_at: until, last_error: null }),
      );
    },
    async intoWeekly(bundle, preferences) {
      const { id, zone } = bundle;
      const nextAt = (dueAt: Instant) => weeklyAfter({ dueAt, timeZone: zone }, preferences);
      await write(async (trx) => {
        const held: { id: string; program_id: string }[] = await trx('mails')
          .where(leased(bundle))
          .forUpdate()
          .select('id', 'program_id');
        if (held.length === 0) return;
        for (const { id: mailId, program_id: programId } of held) {
          const mail = { id: mailId, programId, to: bundle.to };
          await moveItems(trx, mail, mornings({ ...mail, zone }, nextAt(bundle.dueAt), nextAt));
        }
        await release(trx, id);
      });
    },
    async failed(bundle, error, retryAt) {
      const change = retryAt === null ? { status: 'failed' } : { status: 'queued', available_at: retryAt };
      await write((trx) =>
        trx('mails')
          .where(leased(bundle))
          .update({ ...change, last_error: error, tries: trx.raw('coalesce(tries, 0) + 1') }),
      );
    },
    async untried(bundle, reason, retryAt) {
      await write(async (trx) => {
        const change = { status: 'queued', available_at: retryAt, last_error: reason };
        const freed = await trx('mails').where(leased(bundle)).update(change);
        if (freed > 0) await release(trx, bundle.id);
      });
    },
    async retryAt(at) {
      await write((trx) =>
        trx('mails')
          .where({ status: 'queued' })
          .where('available_at', '>', at)
          .whereNotNull('last_error')
          .update({ available_at: at }),
      );
    },
    async list(programId, now, page, to) {
      const query = mailsWithProgram(reader).where('m.program_id', programId).where('m.due_at', '<=', now);
      if (to !== undefined) query.where('m.recipient', to);
      const { items, nextCursor } = await paginate<Row>(query, latestFirst, page);
      return { items: await withLater(reader, await withItems(reader, items)), nextCursor };
    },
    async unreached(programId) {
      const rows: Row[] = await mailsWithProgram(reader)
        .where({ 'm.program_id': programId, 'm.status': 'failed' })
        .whereNotExists((taken) =>
          taken
            .from('mails as s')
            .select('s.id')
            .whereRaw('s.recipient = m.recipient')
            .where({ 's.status': 'sent' })
            .whereRaw('s.due_at > m.due_at'),
        )
        .orderBy(['m.due_at', 'm.id']);
      return unreachedOf(rows);
    },
    async find(programId, mailId) {
      const rows: Row[] = await mailsWithProgram(reader).where({ 'm.program_id': programId, 'm.id': mailId });
      return (await withLater(reader, await withItems(reader, rows)))[0];
    },
    async backlog(now) {
      const due = reader('mails')
        .whereIn('status', ['queued', 'sending'])
        .where('due_at', '<=', now)
        .whereNot((postponed) =>
          postponed.where({ status: 'queued' }).whereNull('last_error').where('available_at', '>', now),
        )
        .count('id as n')
        .min('due_at as oldest');
      const failed = reader('mails').where({ status: 'failed' }).count('id as n');
      const [[dueRow], [failedRow]] = await Promise.all([due, failed]);
      return { due: Number(dueRow?.n), oldestDueAt: dueRow?.oldest ?? null, failed: Number(failedRow?.n) };
    },
  };
}

/** The rows of a bundle as long as the lease is the one that its courier took. */
function leased({ id, attempts }: Leased) {
  return { bundle: id, attempts, status: 'sending' };
}

/** Mails as they go out: what came in one lease for one person and day. */
function bundled(mails: Mail[]): Bundle[] {
  const bundles = new Map<string, Bundle>();
  for (const mail of mails) {
    const { bundle: id, to, kind, dueAt, zone, attempts, tries, messageId } = mail;
    const known = bundles.get(id!);
    if (known) {
      known.parts.push(mail);
      known.dueAt = dueAt;
      known.zone = zone;
      known.tries = Math.max(known.tries, tries);
    } else bundles.set(id!, { id: id!, to, kind, dueAt, zone, attempts, tries, messageId, parts: [mail] });
  }
  return [...bundles.values()];
}

function after(now: Instant, seconds: number): Instant {
  return DateTime.fromISO(now, { zone: 'utc' }).plus({ seconds }).toJSDate().toISOString();
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

/** Of what was leased, what can be read; one mail that cannot is given up, with the reason, and holds up none of the others. */
async function readableOf(trx: Knex, rows: Row[]): Promise<Mail[]> {
  const mails: Mail[] = [];
  for (const row of rows) {
    try {
      mails.push(...(await withItems(trx, [row])));
    } catch (error) {
      if (!(error instanceof SyntaxError)) throw error;
      const last_error = `It cannot be read in the outbox: ${error.message}`;
      await trx('mails').where({ id: row.id }).update({ status: 'failed', last_error });
    }
  }
  return mails;
}

/** Gives each mail that gathers things what its program recorded since its first item, until it left. */
async function withLater(db: Knex, mails: Mail[]): Promise<Mail[]> {
  const gathering = mails.filter(({ kind, items }) => kind !== 'urgent' && items.length > 0);
  for (const programId of new Set(gathering.map((mail) => mail.programId))) {
    const spans = gathering
      .filter((mail) => mail.programId === programId)
      .map((mail) => ({ mail, after: mail.items[0]!.seq, until: leftAt(mail) }));
    const records = await recordsIn(db, programId, spans).catch(noneReadable);
    for (const { mail, after: first, until } of spans) {
      const later = records.filter(({ seq, at }) => seq > first && at <= until);
      if (later.length > 0) mail.later = later;
    }
  }
  return mails;
}

/** A program whose records cannot be read tells what was queued, as it was. */
function noneReadable(error: unknown): ProgramRecord[] {
  if (error instanceof SyntaxError) return [];
  throw error;
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

function unreachedOf(rows: readonly Row[]): Unreached[] {
  const people = new Map<Email, Unreached>();
  for (const { recipient: to, due_at: dueAt, last_error } of rows)
    people.set(to, { to, mails: (people.get(to)?.mails ?? 0) + 1, dueAt, lastError: last_error ?? '' });
  return [...people.values()];
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
    timeZone: program.timeZone,
    standardId: program.standardId,
    zone: row.time_zone ?? program.timeZone,
    ...(row.bundle ? { bundle: row.bundle } : {}),
    to: row.recipient,
    kind: row.kind,
    dueAt: row.due_at,
    status: row.status,
    attempts: row.attempts,
    tries: row.tries ?? 0,
    ...(row.last_error !== null && { lastError: row.last_error }),
    ...(row.sent_at !== null && { sentAt: row.sent_at }),
    ...(row.local ? { local: true as const } : {}),
    messageId: row.message_id,
    items: [],
  };
}
