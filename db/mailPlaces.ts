import type { Email, Instant, IsoDate } from '../domain/basics.ts';
import { addDays, dateAt, digestGraceMinutes, morningOf, nextMorning } from '../domain/calendar.ts';
import type { MailKind, Notice } from '../domain/notices.ts';
import { sha256 } from './hashes.ts';

/** A mail that a notice can go into. */
export interface Place {
  /** The id of the mail, which follows from what it is. */
  mail: string;
  kind: MailKind;
  dueAt: Instant;
  /** When a courier may take it: things that come a little later go with it. */
  leavesAt: Instant;
  /** Where the recipient's day is counted. */
  zone: string;
  /** It is not made for the notice, which goes with it if it is there. */
  joins?: true;
  /** Of a rehearsal's mail: it is open when it was due from then on. */
  keptSince: Instant | '';
}

interface Placed {
  notice: Notice;
  programId: string;
  zone: string;
  /** For an urgent notice its place among those of the same record to the same person; 0 for others. */
  nth: number;
  /** It may go with the mail that welcomes its recipient. */
  welcomes: boolean;
}

/** Minutes for which a welcome, and what is asked at once, wait for more of the same. */
const soonMinutes = 1;

/** Minutes after which a rehearsal's mail of that kind would have left. */
const keptMinutes = 5;

/**
 * The mails that a notice can go into, the best first, without end; each holds what one program tells one person.
 *
 * - What is not urgent goes into the digest of the next 08:00 where the person is, or of the mornings after; with the
 *   mail that welcomes them where that has not left; at once where the digest would come too late.
 * - What is overdue goes into the escalation of the day, at once; once that has left, into the next digest.
 * - What is urgent is a mail of its own.
 */
export function* placesOf(placed: Placed): Generator<Place, never> {
  const { notice, welcomes, zone } = placed;
  const { urgent, dueAt, from, by } = notice;
  if (!urgent) {
    const first = from === undefined ? dueAt : nextMorning(from, zone);
    if (welcomes && from !== undefined) yield { ...welcomeOf(placed, from), joins: true };
    if (by !== undefined && from !== undefined && by <= dateAt(first, zone)) {
      yield askedOf(placed, from, dateAt(from, zone));
      yield askedOf(placed, from, from);
    }
    yield* morningsFrom(placed, first);
  }
  if (notice.in === 'escalation') {
    yield escalationOf(placed);
    yield* morningsFrom(placed, nextMorning(dueAt, zone));
  }
  if (notice.in === 'welcome') yield welcomeOf(placed, dueAt);
  for (let again = 0; ; again++) yield urgentOf(placed, again);
}

/** The digests of one program for one person on the mornings after a moment. */
export function* mornings(
  { programId, to, zone }: { programId: string; to: Email; zone: string },
  first: Instant,
  nextAt: (dueAt: Instant) => Instant = (dueAt) => morningOf(addDays(dateAt(dueAt, zone), 1), zone),
): Generator<Place, never> {
  for (let dueAt = first; ; dueAt = nextAt(dueAt)) {
    const mail = mailId([programId, to, 'digest', dueAt]);
    yield { mail, kind: 'digest', dueAt, leavesAt: after(dueAt, digestGraceMinutes), zone, keptSince: '' };
  }
}

function morningsFrom({ notice: { to }, programId, zone }: Placed, first: Instant): Generator<Place, never> {
  return mornings({ programId, to, zone }, first);
}

/** One a day: what is recorded at the same moment, in this program or another, is in it. */
function escalationOf({ notice: { to, dueAt }, programId, zone }: Placed): Place {
  const mail = mailId([programId, to, 'escalation', dateAt(dueAt, zone)]);
  return { mail, kind: 'escalation', dueAt, leavesAt: after(dueAt, digestGraceMinutes), zone, keptSince: dueAt };
}

function askedOf({ notice: { to }, programId, zone }: Placed, dueAt: Instant, when: IsoDate | Instant): Place {
  const mail = mailId([programId, to, 'asked', when]);
  return { mail, kind: 'asked', dueAt, ...soon(dueAt), zone };
}

function welcomeOf({ notice: { to }, programId, zone }: Placed, dueAt: Instant): Place {
  const mail = mailId([programId, to, 'welcome', dateAt(dueAt, zone)]);
  return { mail, kind: 'welcome', dueAt, ...soon(dueAt), zone };
}

function urgentOf({ notice: { to, dueAt, seq }, programId, zone, nth }: Placed, again: number): Place {
  const mail = mailId([programId, to, 'urgent', dueAt, seq, nth, ...(again > 0 ? [again] : [])]);
  return { mail, kind: 'urgent', dueAt, leavesAt: dueAt, zone, keptSince: '' };
}

function soon(dueAt: Instant): Pick<Place, 'leavesAt' | 'keptSince'> {
  return { leavesAt: after(dueAt, soonMinutes), keptSince: after(dueAt, -keptMinutes) };
}

function mailId(key: (string | number)[]): string {
  return sha256(JSON.stringify(key));
}

function after(at: Instant, minutes: number): Instant {
  return new Date(Date.parse(at) + minutes * 60_000).toISOString();
}
