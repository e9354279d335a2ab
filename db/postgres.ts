import { setTimeout as sleep } from 'node:timers/promises';
import knex, { type Knex } from 'knex';
import { type Connection, poolUse, silentLog, type Work } from './connection.ts';
import { faultOf } from './faults.ts';
import { createFreshness } from './freshness.ts';
import { mustBeUtf8 } from './postgresEncoding.ts';
import { traceStatements } from './tracing.ts';

/** How long a statement, and the wait for a connection, may take before the server counts as away. */
const patienceMs = { statement: 30_000, connection: 10_000 };

/** Any number that no other program uses on the same database: processes that start together migrate one by one. */
const migrationLock = 420_012_023;

/** Connects to PostgreSQL and has the schema of the database prepared. */
export async function openPostgres(
  url: string,
  prepare: (trx: Knex.Transaction) => Promise<void>,
): Promise<Connection> {
  await prepareAlone(url, prepare);
  const freshness = createFreshness();
  const db = knex({
    client: 'pg',
    log: silentLog,
    compileSqlOnError: false,
    connection: { ...connectionTo(url), query_timeout: patienceMs.statement },
    acquireConnectionTimeout: patienceMs.connection,
    // Typed without `validate`, which the pool has.
    pool: { min: 0, max: 10, ...freshness.pool } as Knex.PoolConfig,
  });
  freshness.watch(db);

  traceStatements(db, 'postgresql');

  async function write<T>(work: Work<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await db.transaction(work);
      } catch (error) {
        if (attempt >= attemptsFor(error as Error)) throw error;
        await sleep(Math.random() * 10 * 2 ** attempt);
      }
    }
  }

  return {
    kind: 'postgres',
    reader: db,
    write,
    snapshot: (work) => db.transaction(work, { isolationLevel: 'repeatable read', readOnly: true }),
    pool: () => poolUse(db),
    close: () => db.destroy(),
  };
}

/**
 * How often work is tried, after an error. PostgreSQL undid it over a serialization failure or a deadlock, and asks to run it
 * again; it did nothing of it over a connection that was broken before it began, or led to a server that is read-only, in
 * whose place there may be another by now.
 */
function attemptsFor(error: Error & { code?: string }): number {
  if (error.code === '40001' || error.code === '40P01') return 6;
  const kind = faultOf(error)?.kind;
  return kind === 'readOnly' || (kind === 'away' && error.message.startsWith('BEGIN')) ? 2 : 1;
}

function connectionTo(url: string): Knex.PgConnectionConfig {
  return {
    connectionString: url,
    application_name: 'certloop',
    connectionTimeoutMillis: patienceMs.connection,
    keepAlive: true,
    keepAliveInitialDelayMillis: patienceMs.connection,
  };
}

/** On a connection of its own, for a migration may take long. */
async function prepareAlone(url: string, prepare: (trx: Knex.Transaction) => Promise<void>): Promise<void> {
  const db = knex({ client: 'pg', log: silentLog, connection: connectionTo(url), pool: { min: 0, max: 1 } });
  try {
    await db.transaction(async (trx) => {
      await mustBeUtf8(trx);
      await trx.raw('select pg_advisory_xact_lock(?)', [migrationLock]);
      await prepare(trx);
    });
  } finally {
    await db.destroy();
  }
}
