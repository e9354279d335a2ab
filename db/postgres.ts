import { setTimeout as sleep } from 'node:timers/promises';
import knex, { type Knex } from 'knex';
import { type Connection, silentLog, type Work } from './connection.ts';

/** Serialization failure and deadlock: PostgreSQL undid the transaction and asks to run it again. */
const retryable = new Set(['40001', '40P01']);
const attempts = 6;

/** Any number that no other program uses on the same database: processes that start together migrate one by one. */
const migrationLock = 420_012_023;

/** Connects to PostgreSQL and has the schema of the database prepared. */
export async function openPostgres(
  url: string,
  prepare: (trx: Knex.Transaction) => Promise<void>,
): Promise<Connection> {
  const db = knex({
    client: 'pg',
    log: silentLog,
    connection: { connectionString: url, application_name: 'certloop', connectionTimeoutMillis: 10_000 },
    pool: { min: 0, max: 10 },
  });

  async function write<T>(work: Work<T>): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      try {
        return await db.transaction(work);
      } catch (error) {
        if (attempt === attempts || !retryable.has((error as { code?: string }).code ?? '')) throw error;
        await sleep(Math.random() * 10 * 2 ** attempt);
      }
    }
  }

  try {
    await db.transaction(async (trx) => {
      await trx.raw('select pg_advisory_xact_lock(?)', [migrationLock]);
      await prepare(trx);
    });
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return {
    kind: 'postgres',
    reader: db,
    write,
    snapshot: (work) => db.transaction(work, { isolationLevel: 'repeatable read', readOnly: true }),
    close: () => db.destroy(),
  };
}
