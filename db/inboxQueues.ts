import type { Knex } from 'knex';
import type { Email, Instant } from '../domain/basics.ts';
import type { Task } from '../domain/tasks/task.ts';
import type { ProgramSummary } from '../domain/views.ts';
import { decodeKey, encodeKey, type Order } from './cursor.ts';
import type { Page, PageRequest } from './page.ts';
import { docOf, ifReadable, toProgram } from './readable.ts';
import { run } from './statements.ts';

/** A task in the inbox of somebody, with its program. */
export interface InboxTask {
  program: ProgramSummary;
  task: Task;
  /** By the program's own clock. */
  overdue: boolean;
  /** Who asked for it, the program itself (`system`) included; absent of tasks from before it was noted. */
  askedBy?: Email | 'system';
  /** Who sent it back, until it is submitted again or taken back. */
  sentBackBy?: Email;
}

/** Tasks, named `t` in its SQL, that are found by one index, in the order of `at`, program and number. */
export interface Part {
  from: string;
  where: string;
  values: string[];
  at: string;
}

interface Row {
  stage: number;
  at: string;
  program_id: string;
  number: number;
  doc: string;
  asked_by: string | null;
  sent_back_by: string | null;
  overdue_at: string | null;
  program: string;
  rehearsal: unknown;
  clock_at: string;
}

type Key = [stage: number, at: string, programId: string, number: number];

const order: Order = { columns: { stage: 'number', at: 'string', program_id: 'string', number: 'number' } };

/** Rows that are looked at for one page at most, where some are left out; the page is shorter then, and its cursor goes on. */
const mostLookedAt = 2_000;

/** Reads lists that are put together of parts. */
export function createQueues(reader: Knex) {
  async function rowsOf(stages: Part[][], limit: number, after: Key | undefined): Promise<Row[]> {
    const rows: Row[] = [];
    for (const [stage, parts] of stages.entries()) {
      if (stage < (after?.[0] ?? 0)) continue;
      const { sql, values } = portion(parts, limit - rows.length, after?.[0] === stage ? after : undefined);
      rows.push(...(await run<Row>(reader, sql, values)).map((row) => ({ ...row, stage })));
      if (rows.length >= limit) break;
    }
    return rows;
  }

  return {
    /** One page of a list, with the cursor of the next. Throws `CursorError` when the cursor is not one of this list. */
    async page(
      stages: Part[][],
      now: Instant,
      { limit, cursor }: PageRequest,
      keep: (item: InboxTask) => boolean = () => true,
    ): Promise<Page<InboxTask>> {
      let after = cursor === undefined ? undefined : (decodeKey(cursor, order) as Key);
      const kept: { key: Key; item: InboxTask }[] = [];
      const programs = new Map<string, ProgramSummary>();
      for (let seen = 0; ; ) {
        const rows = await rowsOf(stages, limit + 1, after);
        for (const row of rows) {
          // One task that cannot be read spoils no inbox, and no program does.
          const item = ifReadable(() => itemOf(row, programs, now));
          if (item && keep(item)) kept.push({ key: keyOf(row), item });
        }
        seen += rows.length;
        after = rows.length > limit ? keyOf(rows.at(-1)!) : undefined;
        if (kept.length > limit || !after || seen >= mostLookedAt) break;
      }
      const shown = kept.slice(0, limit);
      const next = kept.length > limit ? shown.at(-1)!.key : after;
      return { items: shown.map(({ item }) => item), nextCursor: next ? encodeKey(next) : null };
    },

    /** How many tasks lists have, up to a number, in one statement. */
    async count<N extends string>(lists: Record<N, Part[][]>, most: number): Promise<Record<N, number>> {
      const names = Object.keys(lists) as N[];
      const values: string[] = [];
      const columns = names.map((name) => {
        const parts = lists[name].flat();
        values.push(...parts.flatMap((part) => part.values));
        if (parts.length === 0) return `0 as ${name}`;
        const counted = parts.map(
          ({ from, where }, i) => `select one from (select 1 as one from ${from} where ${where} limit ${most}) x${i}`,
        );
        return `(select count(*) from (select one from (${counted.join(' union all ')}) y limit ${most}) z) as ${name}`;
      });
      const [row] = await run<Record<N, number | string>>(reader, `select ${columns.join(', ')}`, values);
      return Object.fromEntries(names.map((name) => [name, Number(row?.[name])])) as Record<N, number>;
    },
  };
}

/** The first rows of some parts together: first their keys alone, then the documents of those that are shown. */
function portion(
  parts: readonly Part[],
  limit: number,
  after: Key | undefined,
): { sql: string; values: (string | number)[] } {
  const keys = parts.map(({ from, where, at }, index) => {
    const later = after ? ` and (${at}, t.program_id, t.number) > (?, ?, ?)` : '';
    return `select * from (select t.program_id, t.id, t.number, ${at} as at from ${from} where ${where}${later}
      order by ${at}, t.program_id, t.number limit ?) k${index}`;
  });
  const values = parts.flatMap((part) => [...part.values, ...(after?.slice(1) ?? []), limit]);
  const sql = `select k.at, k.program_id, k.number, t.doc, t.asked_by, t.sent_back_by, t.overdue_at,
      p.doc as program, p.rehearsal, p.clock_at
    from (${keys.join(' union all ')}) k cross join tasks t cross join programs p
    where t.program_id = k.program_id and t.id = k.id and p.id = k.program_id
    order by k.at, k.program_id, k.number limit ?`;
  return { sql, values: [...values, limit] };
}

function keyOf({ stage, at, program_id, number }: Row): Key {
  return [stage, at, program_id, number];
}

function itemOf(row: Row, programs: Map<string, ProgramSummary>, now: Instant): InboxTask {
  const known = programs.get(row.program_id);
  const program = known ?? toProgram({ id: row.program_id, clock_at: row.clock_at, doc: row.program });
  if (!known) programs.set(row.program_id, program);
  const clock = row.rehearsal ? row.clock_at : now;
  return {
    program,
    task: docOf<Task>(row.doc),
    overdue: row.overdue_at !== null && row.overdue_at <= clock,
    ...(row.asked_by !== null && { askedBy: row.asked_by as Email | 'system' }),
    ...(row.sent_back_by !== null && { sentBackBy: row.sent_back_by as Email }),
  };
}
