import type { Knex } from 'knex';
import { portions } from './connection.ts';
import { isStray } from './strays.ts';

/**
 * The statements of every commit are written here as texts, once: knex's builder makes them anew each time, which takes
 * longer than SQLite takes to run them. What runs seldom is written with the builder.
 */
export async function run<Row>(db: Knex, sql: string, values: Knex.RawBinding[]): Promise<Row[]> {
  const answer = await db.raw(sql, values);
  return answer.rows ?? answer;
}

/** Inserts rows that all have the same columns; over those with the same key, where one is given. */
export async function insert(db: Knex, table: string, rows: object[], key?: string[]): Promise<void> {
  for (const part of portions(rows)) {
    const sql = insertion(table, Object.keys(part[0]!), part.length, key);
    await run(
      db,
      sql,
      part.flatMap((row) => Object.values(row)),
    );
  }
}

/**
 * Does pieces of work that do not depend on each other, inside a transaction: on SQLite at once, so that not each
 * statement waits for this process to have a moment; on PostgreSQL, whose driver takes one after the other, in turn.
 * Throws the first error once all have ended.
 */
export async function together(db: Knex, pieces: (() => Promise<void>)[]): Promise<void> {
  if (isPostgres(db)) {
    for (const piece of pieces) await piece();
    return;
  }
  const ends = await Promise.allSettled(pieces.map((piece) => piece()));
  const errors = ends.flatMap((end) => (end.status === 'rejected' ? [end.reason] : []));
  // Rather the one that undid the transaction than what came of it.
  if (errors.length > 0) throw errors.find((error) => !isStray(error)) ?? errors[0];
}

/** Whether it is PostgreSQL; SQLite otherwise. */
export function isPostgres(db: Knex): boolean {
  return db.client.config.client === 'pg';
}

const insertions = new Map<string, string>();

function insertion(table: string, columns: string[], rows: number, key?: string[]): string {
  const name = `${table} ${columns} ${rows} ${key}`;
  const known = insertions.get(name);
  if (known) return known;
  const places = `(${columns.map(() => '?').join(', ')})`;
  const others = columns.filter((column) => !key?.includes(column));
  const over = others.map((column) => `${column} = excluded.${column}`).join(', ');
  const sql = [
    `insert into ${table} (${columns.join(', ')}) values ${Array(rows).fill(places).join(', ')}`,
    ...(key ? [`on conflict (${key.join(', ')}) do update set ${over}`] : []),
  ].join(' ');
  insertions.set(name, sql);
  return sql;
}
