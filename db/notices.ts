import type { Knex } from 'knex';
import type { Email, Instant } from '../domain/basics.ts';
import type { Notice } from '../domain/notices.ts';
import type { ProgramSummary } from '../domain/views.ts';
import { portions } from './connection.ts';
import { type Place, placesOf } from './mailPlaces.ts';
import { isPostgres, run } from './statements.ts';
import type { Zones } from './zones.ts';

/** A notice on its way into a mail. */
interface Pending {
  notice: Notice;
  /** Its place among the notices of the commit. */
  position: number;
  /** The mail it is to go into, and those that come next where that one has left. */
  place: Place;
  others: Iterator<Place, never>;
}

/**
 * Puts notices into the outbox, each into the first of its places (`mailPlaces.ts`) that is open: a mail that a courier
 * already took goes out as it is. The mails of a rehearsal are kept and never sent.
 */
export async function queueNotices(trx: Knex, program: ProgramSummary, notices: Notice[], zones: Zones): Promise<void> {
  if (notices.length === 0) return;
  const zoneOf = await zones.of(
    trx,
    program,
    notices.map(({ to }) => to),
  );
  const all = pendingOf(program, notices, zoneOf);
  const alone = all.filter(({ place }) => place.kind === 'urgent');
  // Most commits only add to mails that are there.
  const left = await addToOpen(
    trx,
    all.filter(({ place }) => place.kind !== 'urgent'),
  );
  await placeAll(trx, program, [...alone, ...left]);
}

/**
 * Moves what a mail tells into the first of some mornings whose digest is still open, and takes the mail away: each notice is
 * in one mail before and after. The caller holds the mail's lease and its row.
 */
export async function moveItems(
  trx: Knex,
  mail: { id: string; programId: string; to: Email },
  places: Iterable<Place>,
): Promise<void> {
  for (const place of places) {
    await trx('mails')
      .insert(mailRow(mail.programId, mail.to, 'queued', place))
      .onConflict('id')
      .ignore();
    const [open] = await trx('mails').where({ id: place.mail, status: 'queued', attempts: 0 }).forUpdate().select('id');
    if (!open) continue;
    await trx('mail_items').where({ mail_id: mail.id }).update({ mail_id: place.mail });
    await trx('mails').where({ id: mail.id }).delete();
    return;
  }
}

async function placeAll(trx: Knex, program: ProgramSummary, all: Pending[]): Promise<void> {
  for (let pending = all; pending.length > 0; ) {
    await makeMails(trx, program, pending);
    pending = (await addToOpen(trx, pending)).map((one) => ({ ...one, place: one.others.next().value }));
  }
}

/** The same notice always gets the same places, so that nothing is told twice. */
function pendingOf(program: ProgramSummary, notices: Notice[], zoneOf: (email: Email) => string): Pending[] {
  const welcomed = new Set(notices.filter((notice) => notice.in === 'welcome').map(({ to }) => to));
  const counts = new Map<string, number>();
  return notices.map((notice, position) => {
    const key = JSON.stringify([notice.to, notice.seq]);
    const nth = notice.urgent ? (counts.get(key) ?? 0) : 0;
    if (notice.urgent) counts.set(key, nth + 1);
    const welcomes = notice.welcomes === true || welcomed.has(notice.to);
    const others = placesOf({ notice, programId: program.id, zone: zoneOf(notice.to), nth, welcomes });
    return { notice, position, place: others.next().value, others };
  });
}

/**
 * Adds notices to their mails where these are there and open, in one statement, and gives those that found none. A mail
 * that was tried once may have arrived although the courier heard an error: nothing is added to it. The rows are locked
 * on the way: a courier takes the mail before or after, never meanwhile.
 */
async function addToOpen(trx: Knex, pending: Pending[]): Promise<Pending[]> {
  const added = new Set<number>();
  for (const part of portions(pending)) {
    const values = part.flatMap(({ place, notice, position }) => {
      return [place.mail, notice.seq, position, JSON.stringify(notice.item), place.keptSince];
    });
    const rows = await run<{ position: number }>(trx, insertionIntoOpen(trx, part.length), values);
    for (const { position } of rows) added.add(position);
  }
  return pending.filter(({ position }) => !added.has(position));
}

/**
 * The values come as texts to PostgreSQL, which knows nothing of them before they are in a column. A rehearsal's mail never
 * leaves: one that would have left by then is not open.
 */
function insertionIntoOpen(trx: Knex, items: number): string {
  const given = Array(items).fill('(?, ?, ?, ?, ?)').join(', ');
  const locked = isPostgres(trx) ? 'for update of m' : '';
  return `insert into mail_items (mail_id, seq, position, doc)
    select m.id, cast(i.column2 as integer), cast(i.column3 as integer), i.column4
    from (values ${given}) as i join mails as m on m.id = i.column1
    where (m.status = 'kept' and m.due_at >= i.column5) or (m.status = 'queued' and m.attempts = 0) ${locked}
    returning position`;
}

/** Makes the mails that are not there yet. */
async function makeMails(trx: Knex, { id, rehearsal }: ProgramSummary, pending: Pending[]): Promise<void> {
  const status = rehearsal ? 'kept' : 'queued';
  const made = pending.filter(({ place }) => !place.joins);
  const mails = new Map(made.map(({ place, notice }) => [place.mail, mailRow(id, notice.to, status, place)]));
  for (const part of portions([...mails.values()])) await trx('mails').insert(part).onConflict('id').ignore();
}

function mailRow(programId: string, to: Email, status: 'kept' | 'queued', place: Place) {
  const { mail, kind, dueAt, leavesAt, zone } = place;
  return {
    id: mail,
    program_id: programId,
    recipient: to,
    kind,
    due_at: dueAt,
    time_zone: zone,
    status,
    available_at: leavesAt satisfies Instant,
    attempts: 0,
    message_id: `<${mail}@certloop>`,
  };
}
