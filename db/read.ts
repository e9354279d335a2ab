import type { Knex } from 'knex';
import type { Audit } from '../domain/audits/audit.ts';
import type { Phase } from '../domain/basics.ts';
import type { Finding } from '../domain/findings/finding.ts';
import type { Person } from '../domain/people/person.ts';
import type { Task } from '../domain/tasks/task.ts';
import { type Connection, portions } from './connection.ts';
import { type Order, paginate } from './cursor.ts';
import { docOf, ifReadable, type ProgramRow, toProgram } from './readable.ts';
import { run } from './statements.ts';
import type { Keep, Page, PageRequest, ReadTables, TaskFilter } from './types.ts';

interface Row {
  id: string;
  doc: string;
}

const programOrder: Order = { columns: { id: 'string' } };
const numberOrder: Order = { columns: { number: 'number', id: 'string' } };
const taskOrder: Order = { columns: { 't.due_on': 'string', 't.number': 'number', 't.id': 'string' } };
const inboxOrder: Order = {
  columns: { 't.due_on': 'string', 't.program_id': 'string', 't.number': 'number', 't.id': 'string' },
};

/** The read tables. Programs are sorted by id, tasks by due date and number, audits and findings by number. */
export function createReadTables({ reader, write }: Connection): ReadTables {
  const one = async <T>(table: string, key: Record<string, string>): Promise<T | undefined> => {
    const where = Object.keys(key).map((column) => `${column} = ?`);
    const sql = `select doc from ${table} where ${where.join(' and ')}`;
    const [row] = await run<Row>(reader, sql, Object.values(key));
    return row && docOf<T & object>(row.doc);
  };
  const numbered = async <T>(table: string, programId: string, page: PageRequest, keep?: Keep): Promise<Page<T>> => {
    const query = reader(table).where({ program_id: programId }).select('id', 'number', 'doc');
    return mapItems(await paginate<Row>(query, numberOrder, page, byId(keep)), (row) => docOf<T & object>(row.doc));
  };
  const some = async <T>(table: string, programId: string, ids: readonly string[]): Promise<T[]> => {
    const query = reader(table).where({ program_id: programId }).whereIn('id', ids).orderBy('number');
    return (await query.select('doc')).map((row: Row) => docOf<T & object>(row.doc));
  };

  return {
    async programs(viewer, page) {
      const query = reader('programs').select('id', 'clock_at', 'doc');
      if (!viewer.installationRole) query.whereIn('id', programsOf(reader, viewer.email));
      if (viewer.programId !== undefined) query.where({ id: viewer.programId });
      return readableItems(await paginate<ProgramRow>(query, programOrder, page), toProgram);
    },
    async program(programId) {
      const row = await reader('programs').where({ id: programId }).first('id', 'clock_at', 'doc');
      return row && toProgram(row);
    },
    async heads(programId) {
      const query = reader('programs').select('id', 'head_seq as seq').orderBy('id');
      if (programId !== undefined) query.where({ id: programId });
      return (await query).map(({ id, seq }: { id: string; seq: number }) => ({ id, seq: Number(seq) }));
    },
    async programsByPhase() {
      const rows = await reader('programs').select('phase').count('id as n').groupBy('phase');
      return new Map(rows.map(({ phase, n }) => [phase as Phase, Number(n)]));
    },
    async overdueIn(programIds, now, assignee) {
      const counts = new Map<string, number>();
      for (const part of portions(programIds)) {
        const query = reader('tasks as t').join('programs as p', 'p.id', 't.program_id');
        query.whereIn('t.program_id', part).whereNotNull('t.overdue_at').whereRaw(isOverdue, [now]);
        if (assignee) query.where('t.assignee', assignee);
        const rows = await query.groupBy('t.program_id').select('t.program_id as id').count('t.id as n');
        for (const { id, n } of rows) counts.set(String(id), Number(n));
      }
      return counts;
    },
    async rolesOf(programId, email) {
      const person = await one<Person>('people', { program_id: programId, email });
      return person?.roles ?? [];
    },
    async rolesIn(programIds, email) {
      const rows: { program_id: string; doc: string }[] = await reader('people')
        .where({ email })
        .whereIn('program_id', programIds)
        .select('program_id', 'doc');
      return new Map(readable(rows, ({ program_id, doc }) => [program_id, docOf<Person>(doc).roles] as const));
    },
    async partsOf(emails) {
      const rows: { program_id: string; seq: number; doc: string }[] = await reader('people as m')
        .join('programs as p', 'p.id', 'm.program_id')
        .whereIn('m.email', emails)
        .orderBy(['p.id', 'm.email'])
        .select('m.program_id', 'p.head_seq as seq', 'm.doc');
      return readable(rows, ({ program_id: programId, seq, doc }) => {
        const { email, roles } = docOf<Person>(doc);
        return { email, roles, programId, seq };
      });
    },
    async tasks(programId, filter, page, keep) {
      const query = filtered(reader, filter).where('t.program_id', programId);
      return mapItems(await paginate<Row>(query, taskOrder, page, byId(keep)), (row) => docOf<Task>(row.doc));
    },
    async inbox({ email, programId }, filter, page) {
      // Of programs in which they no longer take part, people keep ended tasks that they do not read any more.
      const query = filtered(reader, filter).where('t.assignee', email);
      query.whereExists(programsOf(reader, email).whereRaw('m.program_id = t.program_id'));
      if (programId !== undefined) query.where('t.program_id', programId);
      const rows = await paginate<Row & { program_id: string }>(query, inboxOrder, page);
      return readableItems(rows, (row) => ({ ...docOf<Task>(row.doc), programId: row.program_id }));
    },
    task: (programId, id) => one<Task>('tasks', { program_id: programId, id }),
    tasksOf: (programId, ids) => some<Task>('tasks', programId, ids),
    audits: (programId, page, keep) => numbered<Audit>('audits', programId, page, keep),
    audit: (programId, id) => one<Audit>('audits', { program_id: programId, id }),
    findings: (programId, page, keep) => numbered<Finding>('findings', programId, page, keep),
    finding: (programId, id) => one<Finding>('findings', { program_id: programId, id }),
    findingsOf: (programId, ids) => some<Finding>('findings', programId, ids),
    async setClock(programId, clockAt) {
      // Only forward: a slow caller must not turn back what a later one has set.
      await write((trx) =>
        trx('programs')
          .where({ id: programId, rehearsal: true })
          .where('clock_at', '<', clockAt)
          .update({ clock_at: clockAt }),
      );
    },
  };
}

/** In lists over programs, one whose rows cannot be read is left out: `certloop rebuild` writes them anew. */
function readable<A, B>(rows: readonly A[], read: (row: A) => B): B[] {
  return rows.flatMap((row) => {
    const one = ifReadable(() => read(row));
    return one === undefined ? [] : [one];
  });
}

function readableItems<A, B>({ items, nextCursor }: Page<A>, read: (row: A) => B): Page<B> {
  return { items: readable(items, read), nextCursor };
}

function byId(keep: Keep | undefined): ((row: Row) => boolean) | undefined {
  return keep && (({ id }) => keep(id));
}

/** The programs in which somebody takes part, to be found among. */
function programsOf(reader: Knex, email: string): Knex.QueryBuilder {
  return reader('people as m').where('m.email', email).select('m.program_id');
}

function filtered(reader: Knex, { status, assignee, overdue, now }: TaskFilter): Knex.QueryBuilder {
  const query = reader('tasks as t').select('t.program_id', 't.id', 't.number', 't.due_on', 't.doc');
  if (status) query.where('t.status', status);
  if (assignee) query.where('t.assignee', assignee);
  // What was submitted or has ended is overdue for nobody, and what is open is found in its order.
  if (overdue) query.where('t.status', 'open');
  if (overdue !== undefined) {
    query.join('programs as p', 'p.id', 't.program_id');
    query.whereRaw(overdue ? isOverdue : `(t.overdue_at is null or not ${isOverdue})`, [now]);
  }
  return query;
}

/** By the program's clock: that of a rehearsal is its own. */
const isOverdue = 't.overdue_at <= case when p.rehearsal then p.clock_at else ? end';

function mapItems<R, T>(page: Page<R>, map: (row: R) => T): Page<T> {
  return { items: page.items.map(map), nextCursor: page.nextCursor };
}
