import path from 'node:path';
import { pathToFileURL } from 'node:url';
import knex, { type Knex } from 'knex';
import type { Database as SqliteConnection } from 'sqlite3';
import { type Connection, poolUse, silentLog } from './connection.ts';
import { notePlace } from './filePlace.ts';
import { makeFolder } from './folders.ts';
import { createGroupCommit, whileBusy } from './group-commit.ts';
import { keepPrepared } from './prepared.ts';
import { closeToOthers, makeOwnFile } from './rights.ts';
import { refuseStrays } from './strays.ts';
import { traceStatements } from './tracing.ts';

const readers = 4;

/** Readers rarely wait, and shortly. A writer tries again by itself, see `createGroupCommit`. */
const busyTimeoutMs = { reader: 5000, writer: 20 };

/** Set for each connection: a commit is on disk when it returns. */
const writerSetUp = 'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on;';

/**
 * Opens a SQLite file and has its schema prepared; makes the file and its folder when they are missing.
 *
 * One connection writes and some read beside it, which write-ahead logging allows; other processes may have the
 * same file open. Every commit is synced to disk.
 */
export async function openSqlite(file: string, prepare: (trx: Knex.Transaction) => Promise<void>): Promise<Connection> {
  makeFolder(path.dirname(file));
  // SQLite gives its log and its index beside the file the rights of the file.
  makeOwnFile(file);
  for (const suffix of ['', '-wal', '-shm']) closeToOthers(file + suffix);
  let inPlace = notePlace(file);
  const mustBeInPlace = () => inPlace();
  const one = pool(file, { min: 1, max: 1 }, busyTimeoutMs.writer, writerSetUp, mustBeInPlace);
  const reader = pool(file, { min: 0, max: readers }, busyTimeoutMs.reader, 'pragma query_only = on;', mustBeInPlace);
  const close = async () => {
    await Promise.all([one.destroy(), reader.destroy()]);
  };
  try {
    await whileBusy(() => one.transaction((trx) => prepareAlone(trx, prepare)));
    await refuseStrays(one);
    // With its log, which is there from the first transaction until the last connection closes.
    inPlace = notePlace(file);
    const { writer, release } = await shared(one);
    for (const db of [writer, reader]) traceStatements(db, 'sqlite');
    let closed: Promise<void> | undefined;
    return {
      kind: 'sqlite',
      reader,
      write: createGroupCommit(writer, mustBeInPlace),
      snapshot: (work) => reader.transaction(work),
      pool: () => poolUse(reader),
      close() {
        closed ??= release().then(close);
        return closed;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/**
 * The one connection of a pool, for everybody at once: the statements of a commit that do not depend on each other need not
 * wait for each other. The driver runs one at a time.
 */
async function shared(one: Knex): Promise<{ writer: Knex; release(): Promise<void> }> {
  const connection = await one.client.acquireConnection();
  const everybody = {
    acquire: () => ({ promise: Promise.resolve(connection) }),
    release: () => true,
    destroy: async () => {},
    // By these knex tells such a pool from those of other drivers.
    numFree: () => 1,
    numUsed: () => 0,
    numPendingAcquires: () => 0,
  };
  const writer = knex({
    client: 'sqlite3',
    useNullAsDefault: true,
    log: silentLog,
    compileSqlOnError: false,
    connectionPool: everybody,
  });
  return { writer, release: () => one.client.releaseConnection(connection) };
}

/** Writes before anything is read (a number that nobody uses), so that two processes migrate one after the other. */
async function prepareAlone(trx: Knex.Transaction, prepare: (trx: Knex.Transaction) => Promise<void>): Promise<void> {
  await trx.raw('pragma user_version = 0');
  await prepare(trx);
}

/** Connections to a file that is there: SQLite would make one that is not, empty, and take the log of the other for its own. */
function pool(
  file: string,
  size: { min: number; max: number },
  busyTimeout: number,
  setUp: string,
  mustBeInPlace: () => void,
): Knex {
  return knex({
    client: 'sqlite3',
    connection: { filename: `${pathToFileURL(file)}?mode=rw`, flags: ['OPEN_URI'] },
    useNullAsDefault: true,
    log: silentLog,
    compileSqlOnError: false,
    pool: {
      ...size,
      afterCreate(connection: SqliteConnection, done: (error: Error | null) => void) {
        try {
          mustBeInPlace();
        } catch (error) {
          done(error as Error);
          return;
        }
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
