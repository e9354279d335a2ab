import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import knex, { type Knex } from 'knex';
import type { Database as SqliteConnection } from 'sqlite3';
import { type Connection, silentLog } from './connection.ts';
import { createGroupCommit, whileBusy } from './group-commit.ts';
import { type Migration, migrate } from './migrate.ts';
import { keepPrepared } from './prepared.ts';

const readers = 4;

/** Readers rarely wait, and shortly. A writer tries again by itself, see `createGroupCommit`. */
const busyTimeoutMs = { reader: 5000, writer: 20 };

/** Set for each connection: a commit is on disk when it returns. */
const writerSetUp = 'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;';

/**
 * Opens a SQLite file and brings it to the newest schema; makes the file and its folder when they are missing.
 *
 * One connection writes and some read beside it, which write-ahead logging allows; other processes may have the
 * same file open. Every commit is synced to disk.
 */
export async function openSqlite(file: string, known: readonly Migration[]): Promise<Connection> {
  await mkdir(path.dirname(file), { recursive: true });
  const writer = pool(file, { min: 1, max: 1 }, busyTimeoutMs.writer, writerSetUp);
  const reader = pool(file, { min: 0, max: readers }, busyTimeoutMs.reader, 'pragma query_only = on;');
  const close = async () => {
    await Promise.all([writer.destroy(), reader.destroy()]);
  };
  try {
    await whileBusy(() => writer.transaction((trx) => migrateAlone(trx, known)));
    const write = createGroupCommit(writer);
    return { kind: 'sqlite', reader, write, snapshot: (work) => reader.transaction(work), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Writes before anything is read (a number that nobody uses), so that two processes migrate one after the other. */
async function migrateAlone(trx: Knex.Transaction, known: readonly Migration[]): Promise<void> {
  await trx.raw('pragma user_version = 0');
  await migrate(trx, known);
}

function pool(file: string, size: { min: number; max: number }, busyTimeout: number, setUp: string): Knex {
  return knex({
    client: 'sqlite3',
    connection: { filename: file },
    useNullAsDefault: true,
    log: silentLog,
    pool: {
      ...size,
      afterCreate(connection: SqliteConnection, done: (error: Error | null) => void) {
        connection.configure('busyTimeout', 5000);
        connection.exec(setUp, (error) => {
          connection.configure('busyTimeout', busyTimeout);
          keepPrepared(connection);
          done(error);
        });
      },
    },
  });
}
