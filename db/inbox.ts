import type { Knex } from 'knex';
import { LRUCache } from 'lru-cache';
import { bodyRoles, type Email, type Instant, type Role } from '../domain/basics.ts';
import { reviewing } from '../domain/registry/roles.ts';
import type { Connection } from './connection.ts';
import { createQueues, type InboxTask, type Part } from './inboxQueues.ts';
import type { Page, PageRequest } from './page.ts';
import { docOf, ifReadable } from './readable.ts';
import { isPostgres, run } from './statements.ts';

export type { InboxTask };

/**
 * `yours`: open, assigned; what is overdue comes first. `review`: submitted by others, for who may review it; oldest first.
 * `submitted`: by oneself, waiting for a review. `team`: overdue in the programs that one manages.
 */
export type InboxList = 'yours' | 'review' | 'submitted' | 'team';

/** How many there are, up to `mostCounted`. */
export type InboxCounts = Record<InboxList | 'overdue', number>;

/** In how many programs somebody takes part, may review and manages, each up to one more than a few. */
export interface Standing {
  takesPart: number;
  reviews: number;
  manages: number;
}

/** Who looks into their inbox, and when it is; rehearsals have a clock of their own. */
export interface InboxViewer {
  email: Email;
  now: Instant;
}

/** The tasks of one person over all programs in which they take part. */
export interface InboxOf {
  standing: Standing;
  list(which: InboxList, page: PageRequest, keep?: (item: InboxTask) => boolean): Promise<Page<InboxTask>>;
  counts(): Promise<InboxCounts>;
}

/** The inboxes of people. */
export interface Inbox {
  of(viewer: InboxViewer): Promise<InboxOf>;
  /** Names of people, by program and address: `aims pat@example.org`. */
  names(people: readonly { programId: string; email: Email }[]): Promise<Map<string, string>>;
  /** Everybody in some programs, each once, by name; at most `mostPeople`. */
  peopleIn(programIds: readonly string[]): Promise<{ email: Email; name: string }[]>;
  /** The programs in which somebody was ever named as the deputy of another; at most `mostDeputized`. */
  deputyIn(email: Email): Promise<string[]>;
}

/** Nobody reads a larger number than "99 and more". */
export const mostCounted = 100;

/** More people than these nobody chooses among. */
const mostPeople = 300;

/** In more programs than these nobody stands in for others. */
const mostDeputized = 100;

/** Of how many programs tasks are looked up one program after the other; with more, all of them in their order. */
const fewPrograms = 50;

/** A role that is new or gone changes within seconds which lists there are, and how they are found; never what is on them. */
const cached = { max: 10_000, ttl: 10_000 };

const managing: readonly Role[] = ['programManager'];

/** Makes the inboxes. */
export function createInbox({ reader }: Pick<Connection, 'reader'>): Inbox {
  const queues = createQueues(reader);
  const standings = new LRUCache<Email, Standing>(cached);

  async function standingOf(email: Email): Promise<Standing> {
    const known = standings.get(email);
    if (known) return known;
    const counted = (condition: string) =>
      `(select count(*) from (select 1 as one from people m where m.email = ?${condition} limit ${fewPrograms + 1}) x)`;
    const sql = `select ${counted('')} as parts, ${counted(` and ${holds(reviewing)}`)} as reviews,
      ${counted(` and ${holds(managing)}`)} as manages`;
    const [row] = await run<Record<'parts' | 'reviews' | 'manages', number | string>>(reader, sql, [
      email,
      email,
      email,
    ]);
    const [takesPart, reviews, manages] = [row?.parts, row?.reviews, row?.manages].map(Number) as [
      number,
      number,
      number,
    ];
    const standing = { takesPart, reviews, manages };
    standings.set(email, standing);
    return standing;
  }

  return {
    async of(viewer) {
      const standing = await standingOf(viewer.email);
      return {
        standing,
        list: (which, page, keep) => queues.page(stagesOf(which, viewer, standing), viewer.now, page, keep),
        counts: () => {
          const lists = {
            overdue: [overdueOf(viewer, standing)],
            yours: [[openOf(viewer)]],
            submitted: [[submittedBy(viewer)]],
            review: stagesOf('review', viewer, standing),
            team: stagesOf('team', viewer, standing),
          };
          return queues.count(lists, mostCounted);
        },
      };
    },
    names: (people) => namesOf(reader, people),
    peopleIn: (programIds) => peopleIn(reader, programIds),
    deputyIn: (email) => deputyIn(reader, email),
  };
}

/** The parts of a list, each in the order of the list; those of a later stage come after all before. */
function stagesOf(which: InboxList, viewer: InboxViewer, standing: Standing): Part[][] {
  switch (which) {
    case 'yours':
      return [overdueOf(viewer, standing), [comingOf(viewer)]];
    case 'submitted':
      return [[submittedBy(viewer)]];
    case 'review':
      return standing.reviews > 0 ? [[submittedIn(viewer, standing)]] : [];
    case 'team':
      return standing.manages > 0 ? [overdueIn(viewer, standing)] : [];
  }
}

/** Whether the person of a row `m` holds one of some roles. Whoever is of the body acts for the body alone. */
function holds(roles: readonly Role[]): string {
  // The document has each role in quotes; a quote in a name has a backslash before it.
  const has = (role: Role) => `m.doc like '%"${role}"%'`;
  return `(${roles.map(has).join(' or ')}) and not (${bodyRoles.map(has).join(' or ')})`;
}

/** Of programs in which somebody no longer takes part they read nothing any more. */
const takesPart = 'exists (select 1 from people m where m.program_id = t.program_id and m.email = ?)';

function openOf({ email }: InboxViewer): Part {
  const where = `t.assignee = ? and t.status = 'open' and ${takesPart}`;
  return { from: 'tasks t', where, values: [email, email], at: 't.due_on' };
}

/** What is due later, or waits, or is paused. */
function comingOf(viewer: InboxViewer): Part {
  const { from, where, values, at } = openOf(viewer);
  const isNot = '(t.overdue_at is null or t.overdue_at > case when p.rehearsal then p.clock_at else ? end)';
  return {
    from: `${from} cross join programs p`,
    where: `p.id = t.program_id and ${where} and ${isNot}`,
    values: [...values, viewer.now],
    at,
  };
}

function overdueOf({ email, now }: InboxViewer, { takesPart: many }: Standing): Part[] {
  const at = 't.overdue_at';
  const world = {
    from: 'tasks t cross join programs p',
    where: `t.assignee = ? and t.overdue_at <= ? and p.id = t.program_id and not p.rehearsal and ${takesPart}`,
    values: [email, now, email],
    at,
  };
  const rehearsed = {
    from: `${rehearsals(many <= fewPrograms)} cross join tasks t`,
    // Not by the index of assignees: rehearsals are few, and what somebody has may be much.
    where: "t.program_id = r.id and t.overdue_at <= r.clock_at and t.assignee || '' = ?",
    values: [email, email],
    at,
  };
  return [world, rehearsed];
}

/**
 * The rehearsals `r` in which somebody takes part, with their clocks; `held` narrows it to roles. They are looked up apart, for no
 * index of tasks knows what is overdue by clocks of their own, and first: the limit keeps PostgreSQL from beginning with all tasks
 * of the person. SQLite joins in the order in which it is told, by `cross join`.
 */
function rehearsals(isFew: boolean, held = ''): string {
  const from = isFew ? 'people m cross join programs p' : 'programs p cross join people m';
  return `(select p.id, p.clock_at from ${from}
    where m.email = ?${held} and p.id = m.program_id and p.rehearsal limit 100000) r`;
}

function tasksOfPeople(isFew: boolean): string {
  return isFew ? 'people m cross join tasks t' : 'tasks t cross join people m';
}

function submittedBy({ email }: InboxViewer): Part {
  const where = `t.submitted_by = ? and t.submitted_at is not null and ${takesPart}`;
  return { from: 'tasks t', where, values: [email, email], at: 't.submitted_at' };
}

function submittedIn({ email }: InboxViewer, { reviews }: Standing): Part {
  const where = `m.email = ? and m.program_id = t.program_id and ${holds(reviewing)}
    and t.submitted_at is not null and t.submitted_by <> ?`;
  return { from: tasksOfPeople(reviews <= fewPrograms), where, values: [email, email], at: 't.submitted_at' };
}

function overdueIn({ email, now }: InboxViewer, { manages }: Standing): Part[] {
  const at = 't.overdue_at';
  const isFew = manages <= fewPrograms;
  const mine = `m.email = ? and m.program_id = t.program_id and p.id = t.program_id and ${holds(managing)}`;
  const world = {
    from: `${tasksOfPeople(isFew)} cross join programs p`,
    where: `${mine} and not p.rehearsal and t.overdue_at <= ?`,
    values: [email, now],
    at,
  };
  const rehearsed = {
    from: `${rehearsals(isFew, ` and ${holds(managing)}`)} cross join tasks t`,
    where: 't.program_id = r.id and t.overdue_at <= r.clock_at',
    values: [email],
    at,
  };
  return [world, rehearsed];
}

async function namesOf(
  reader: Knex,
  people: readonly { programId: string; email: Email }[],
): Promise<Map<string, string>> {
  if (people.length === 0) return new Map();
  const pairs = [...new Map(people.map((one) => [`${one.programId} ${one.email}`, one])).values()];
  // SQLite looks up pairs by its index only where they are a table of values.
  const places = pairs.map(() => (isPostgres(reader) ? '(?::text, ?::text)' : '(?, ?)')).join(', ');
  const sql = `with asked (program_id, email) as (values ${places})
    select m.program_id, m.email, m.doc from asked a cross join people m
    where m.program_id = a.program_id and m.email = a.email`;
  const rows = await run<{ program_id: string; email: string; doc: string }>(
    reader,
    sql,
    pairs.flatMap(({ programId, email }) => [programId, email]),
  );
  return new Map(rows.map(({ program_id, email, doc }) => [`${program_id} ${email}`, nameIn(doc, email)]));
}

async function peopleIn(reader: Knex, programIds: readonly string[]): Promise<{ email: Email; name: string }[]> {
  if (programIds.length === 0) return [];
  const rows: { email: Email; doc: string }[] = await reader('people')
    .whereIn('program_id', programIds)
    .groupBy('email')
    .orderBy('email')
    .limit(mostPeople)
    .select('email')
    .min('doc as doc');
  const people = rows.map(({ email, doc }) => ({ email, name: nameIn(doc, email) }));
  return people.sort((one, other) => one.name.localeCompare(other.name, 'en'));
}

/** A record by which somebody named their deputy, as far as it is read. */
interface Delegated {
  data?: { deputy?: Email };
}

/** Found by the names of records, of which the type and each person are some; whoever named a deputy is named there too. */
async function deputyIn(reader: Knex, email: Email): Promise<string[]> {
  const sql = `select r.program_id, r.payload from people m cross join record_names t cross join record_names d cross join records r
    where m.email = ? and t.program_id = m.program_id and t.name = 'DutiesDelegated'
    and d.program_id = t.program_id and d.name = m.email and d.seq = t.seq and r.program_id = t.program_id and r.seq = t.seq`;
  const rows = await run<{ program_id: string; payload: string }>(reader, sql, [email]);
  const isDeputy = (payload: string) => ifReadable(() => docOf<Delegated>(payload).data?.deputy === email) === true;
  const ids = rows.filter(({ payload }) => isDeputy(payload)).map(({ program_id }) => program_id);
  return [...new Set(ids)].slice(0, mostDeputized);
}

function nameIn(doc: string, email: string): string {
  return ifReadable(() => docOf<{ name?: string }>(doc).name) ?? email;
}
