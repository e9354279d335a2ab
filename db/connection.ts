import type { Knex } from 'knex';

/** What runs inside one transaction, through the handle that it is given; it throws to undo everything it did. */
export type Work<T> = (trx: Knex) => Promise<T>;

/** Connections that are used and free, and those who wait for one. */
export interface PoolUse {
  used: number;
  free: number;
  waiting: number;
}

/** How the connections of knex are used. */
export function poolUse({ client }: Knex): PoolUse {
  const { pool } = client as { pool: { numUsed(): number; numFree(): number; numPendingAcquires(): number } };
  return { used: pool.numUsed(), free: pool.numFree(), waiting: pool.numPendingAcquires() };
}

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
  pool(): PoolUse;
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
