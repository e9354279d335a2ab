import type { Knex } from 'knex';

/** What runs inside one transaction, through the handle that it is given; it throws to undo everything it did. */
export type Work<T> = (trx: Knex) => Promise<T>;

/** One database, SQLite or PostgreSQL, as the repositories see it. */
export interface Connection {
  kind: 'sqlite' | 'postgres';
  /** For single reads. */
  reader: Knex;
  /**
   * Runs `work` in a transaction that holds the right to write from its first statement, and answers when it is on
   * disk. `work` may run more than once (after a deadlock), so it touches nothing but the database.
   */
  write<T>(work: Work<T>): Promise<T>;
  /** Runs several reads on one snapshot. */
  snapshot<T>(work: Work<T>): Promise<T>;
  close(): Promise<void>;
}

/** Inserts in portions that stay below SQLite's limits for one statement (500 rows, 32,766 values). */
export const rowsPerInsert = 200;

/** The rows in portions of at most `rowsPerInsert`. */
export function portions<T>(rows: readonly T[]): T[][] {
  const result: T[][] = [];
  for (let start = 0; start < rows.length; start += rowsPerInsert)
    result.push(rows.slice(start, start + rowsPerInsert));
  return result;
}

/** knex prints some errors beside throwing them; whoever catches them says more. */
export const silentLog: Knex.Logger = { warn() {}, error() {}, debug() {}, deprecate() {} };
