import type { Knex } from 'knex';
import type { Audit } from '../domain/audits/audit.ts';
import type { Phase } from '../domain/basics.ts';
import type { Finding } from '../domain/findings/finding.ts';
import type { Person } from '../domain/people/person.ts';
import type { Task } from '../domain/tasks/task.ts';
import type { ProgramSummary } from '../domain/views.ts';
import type { Connection } from './connection.ts';
import { type Order, paginate } from './cursor.ts';
import { run } from './statements.ts';
import type { Page, PageRequest, ReadTables, TaskFilter } from './types.ts';

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
    return row && JSON.parse(row.doc);
  };
  const numbered = async <T>(table: string, programId: string, page: PageRequest): Promise<Page<T>> => {
    const query = reader(table).where({ program_id: programId }).select('id', 'number', 'doc');
    return mapItems(await paginate<Row>(query, numberOrder, page), (row) => JSON.parse(row.doc));
  };

  return {
    async programs(viewer, page) {
      const query = reader('programs').select('id', 'clock_at', 'doc');
      if (!viewer.installationRole)
        query.whereIn('id', reader('people').where({ email: viewer.email }).select('program_id'));
      return mapItems(await paginate<ProgramRow>(query, programOrder, page), toProgram);
    },
    async program(programId) {
      const row = await reader('programs').where({ id: programId }).first('clock_at', 'doc');
      return row && toProgram(row);
    },
    async programsByPhase() {
      const rows = await reader('programs').select('phase').count('id as n').groupBy('phase');
      return new Map(rows.map(({ phase, n }) => [phase as Phase, Number(n)]));
    },
    async rolesOf(programId, email) {
      const person = await one<Person>('people', { program_id: programId, email });
      return person?.roles ?? [];
    },
    async tasks(programId, filter, page) {
      const query = filtered(reader, filter).where('t.program_id', programId);
      return mapItems(await paginate<Row>(query, taskOrder, page), (row) => JSON.parse(row.doc));
    },
    async inbox(assignee, filter, page) {
      const query = filtered(reader, filter).where('t.assignee', assignee);
      const rows = await paginate<Row & { program_id: string }>(query, inboxOrder, page);
      return mapItems(rows, (row) => ({ ...JSON.parse(row.doc), programId: row.program_id }));
    },
    task: (programId, id) => one<Task>('tasks', { program_id: programId, id }),
    audits: (programId, page) => numbered<Audit>('audits', programId, page),
    audit: (programId, id) => one<Audit>('audits', { program_id: programId, id }),
    findings: (programId, page) => numbered<Finding>('findings', programId, page),
    finding: (programId, id) => one<Finding>('findings', { program_id: programId, id }),
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

interface ProgramRow {
  clock_at: string;
  doc: string;
}

function toProgram(row: ProgramRow): ProgramSummary {
  return { ...JSON.parse(row.doc), clockAt: row.clock_at };
}

function filtered(reader: Knex, { status, assignee, overdue, now }: TaskFilter): Knex.QueryBuilder {
  const query = reader('tasks as t').select('t.program_id', 't.id', 't.number', 't.due_on', 't.doc');
  if (status) query.where('t.status', status);
  if (assignee) query.where('t.assignee', assignee);
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
