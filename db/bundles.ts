import type { Knex } from 'knex';
import type { Email, Instant, IsoDate } from '../domain/basics.ts';
import { addDays, dateAt, morningOf, nextMorning } from '../domain/calendar.ts';
import type { MailKind } from '../domain/notices.ts';
import type { ProgramSummary } from '../domain/views.ts';
import type { Connection } from './connection.ts';
import { sha256 } from './hashes.ts';
import { mornings } from './mailPlaces.ts';
import { moveItems } from './notices.ts';

/** What is leased, and for how long. */
export interface Lease {
  now: Instant;
  limit: number;
  until: Instant;
  takingOver: boolean;
  domain: string | undefined;
}

/** Of these, one goes out for each person and day. */
const gathered: readonly MailKind[] = ['digest', 'escalation'];

/** A part that was in a bundle which certainly did not arrive: it can be in another. */
const released = '';

/**
 * Takes what is due, and gives the ids of its bundles. Couriers never wait for each other: on PostgreSQL each skips what
 * another has locked, on SQLite they take turns. A bundle of several parts is locked by its own row.
 */
export async function takeDue(trx: Knex, kind: Connection['kind'], lease: Lease): Promise<string[]> {
  const alone = await takeAlone(trx, kind, lease);
  const again = await takeAgain(trx, kind, lease);
  const fresh = await takeFresh(trx, lease);
  return [...alone, ...again, ...fresh];
}

/** Frees the parts of a bundle that did not arrive: the day may have another, with what else is due by then. */
export async function release(trx: Knex, bundleId: string): Promise<void> {
  const gone = await trx('bundles').where({ id: bundleId }).delete();
  if (gone > 0) await trx('mails').where({ bundle: bundleId }).update({ bundle: released });
}

/** Mails that are bundles of their own, and what an earlier version took. */
async function takeAlone(trx: Knex, kind: Connection['kind'], lease: Lease): Promise<string[]> {
  const due = trx('mails')
    .where((one) => {
      one.whereRaw('bundle = id');
      one.orWhere((never) => never.whereNull('bundle').whereNotIn('kind', gathered));
      one.orWhere((earlier) => earlier.whereNull('bundle').where('attempts', '>', 0));
    })
    .whereIn('status', statuses(lease))
    .where('available_at', '<=', lease.now)
    .orderBy('available_at')
    .limit(lease.limit)
    .select('id', 'attempts');
  if (kind === 'postgres') due.forUpdate().skipLocked();
  const rows: { id: string; attempts: number }[] = await due;
  const ids = rows.map(({ id }) => id);
  const fresh = rows.filter(({ attempts }) => attempts === 0).map(({ id }) => id);
  if (ids.length > 0)
    await trx('mails')
      .whereIn('id', ids)
      .update({ ...taken(trx, lease), bundle: trx.ref('id') });
  await nameMessages(trx, fresh, lease.domain);
  return ids;
}

/** Bundles that were taken before. */
async function takeAgain(trx: Knex, kind: Connection['kind'], lease: Lease): Promise<string[]> {
  const isDue = (query: Knex.QueryBuilder) =>
    query.whereIn('mails.status', statuses(lease)).where('mails.available_at', '<=', lease.now);
  const due = isDue(trx('mails').join('bundles', 'bundles.id', 'mails.bundle'))
    .distinct('bundles.id as id')
    .limit(lease.limit);
  const ids = (await due).map(({ id }: { id: string }) => id);
  if (ids.length === 0) return [];
  const locked = trx('bundles').whereIn('id', ids).select('id');
  if (kind === 'postgres') locked.forUpdate().skipLocked();
  const held = (await locked).map(({ id }: { id: string }) => id);
  // Who held one before may have done with it meanwhile.
  const rows = await isDue(trx('mails').whereIn('bundle', held)).update(taken(trx, lease)).returning('bundle');
  return [...new Set(rows.map(({ bundle }: { bundle: string }) => bundle))];
}

/** What is due for somebody and was never taken, as one; what comes after the one of the day has left waits for a morning. */
async function takeFresh(trx: Knex, lease: Lease): Promise<string[]> {
  const people: { recipient: Email; kind: MailKind }[] = await freshOf(trx, lease)
    .distinct('recipient', 'kind')
    .orderBy(['recipient', 'kind'])
    .limit(lease.limit);
  const bundles: string[] = [];
  for (const one of people) {
    const bundle = await takeForDay(trx, one, lease);
    if (bundle !== undefined) bundles.push(bundle);
  }
  return bundles;
}

interface FreshRow {
  id: string;
  program_id: string;
  due_at: Instant;
  attempts: number;
  time_zone: string | null;
  program: string;
}

async function takeForDay(
  trx: Knex,
  one: { recipient: Email; kind: MailKind },
  lease: Lease,
): Promise<string | undefined> {
  const parts: FreshRow[] = await freshOf(trx, lease)
    .where(one)
    .join('programs', 'programs.id', 'mails.program_id')
    .orderBy('mails.due_at')
    .select(
      'mails.id',
      'mails.program_id',
      'mails.due_at',
      'mails.attempts',
      'mails.time_zone',
      'programs.doc as program',
    );
  const last = parts.at(-1);
  if (!last) return undefined;
  const zone = zoneOf(last);
  const day = dateAt(last.due_at, zone);
  const id = bundleId(one.recipient, one.kind, day);
  // The id follows from the same three: PostgreSQL may see another courier's bundle by either of its indexes first.
  const made = await trx('bundles')
    .insert({ id, ...one, day })
    .onConflict()
    .ignore()
    .returning('id');
  const ids = parts.map((part) => part.id);
  // On PostgreSQL who waited for another courier finds what that one took no longer fresh.
  const mine = trx('mails').whereIn('id', ids).where(isFresh);
  if (made.length > 0) {
    // All parts count the same attempts, by which the lease is known.
    const attempts = Math.max(...parts.map((part) => part.attempts)) + 1;
    await mine.update({ ...taken(trx, lease), attempts, bundle: id });
    await nameMessages(trx, [id], lease.domain);
    return id;
  }
  const late: { id: string }[] = await mine.forUpdate().select('id');
  for (const part of parts.filter((each) => late.some((row) => row.id === each.id))) {
    const mail = { id: part.id, programId: part.program_id, to: one.recipient };
    await moveItems(trx, mail, mornings({ ...mail, zone }, morningAfter(day, lease.now, zone)));
  }
  return undefined;
}

/** The first morning after a moment that is of a later day than the one that has its mail. */
function morningAfter(day: IsoDate, at: Instant, zone: string): Instant {
  const next = nextMorning(at, zone);
  return dateAt(next, zone) > day ? next : morningOf(addDays(day, 1), zone);
}

function freshOf(trx: Knex, { now }: Lease): Knex.QueryBuilder {
  return trx('mails').whereIn('kind', gathered).where(isFresh).where('available_at', '<=', now);
}

/** Queued, and never taken, or known not to have arrived. */
function isFresh(query: Knex.QueryBuilder): void {
  query.where('status', 'queued').where((either) => {
    either.where({ bundle: released }).orWhere((never) => never.whereNull('bundle').where('attempts', 0));
  });
}

function zoneOf({ time_zone, program }: FreshRow): string {
  if (time_zone !== null) return time_zone;
  try {
    return (JSON.parse(program) as ProgramSummary).timeZone;
  } catch {
    // A program whose row cannot be read holds up no mail of the others; its own is given up when it is read.
    return 'UTC';
  }
}

function statuses({ takingOver }: Lease): string[] {
  return takingOver ? ['queued', 'sending'] : ['queued'];
}

function taken(trx: Knex, { until }: Lease) {
  return { status: 'sending', available_at: until, attempts: trx.raw('attempts + 1') };
}

/** Before a mail goes out for the first time: from then on it has its name, whatever becomes of the settings. */
async function nameMessages(trx: Knex, bundles: string[], domain = 'certloop'): Promise<void> {
  if (bundles.length === 0) return;
  await trx('mails')
    .whereIn('bundle', bundles)
    .update({ message_id: trx.raw("'<' || bundle || cast(? as text)", [`@${domain}>`]) });
}

function bundleId(recipient: Email, kind: MailKind, day: IsoDate): string {
  return sha256(JSON.stringify(['bundle', recipient, kind, day]));
}
