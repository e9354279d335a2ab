import { link, mkdir, open, rm } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import knex, { type Knex } from 'knex';
import { verifyChain } from './chain.ts';
import { silentLog } from './connection.ts';
import { makeOwnFile, ownRights } from './rights.ts';
import type { VerifyResult } from './types.ts';

/**
 * Copies a SQLite database to a file while others read and write it: as it stood at one moment, everything committed
 * before and nothing after. Nothing of the source is changed, its schema neither. The copy gets its name when it is
 * complete, on disk, and found to be sound; a file of that name is never written over.
 *
 * @returns for each program of the copy whether its chain is whole. A chain that is broken in the register is broken in
 * its copy.
 * @throws Error that says what to do; then there is no copy.
 */
export async function backUp(source: string, target: string): Promise<VerifyResult[]> {
  await makeFolder(path.dirname(target));
  const partial = `${target}.partial-${process.pid}`;
  try {
    // SQLite copies into an empty file, whose rights stay.
    makeOwnFile(partial);
    await onFile(source, (db) => db.raw('vacuum into ?', [partial]));
    await sync(partial);
    const results = await onFile(partial, checked);
    await link(partial, target);
    await sync(path.dirname(target));
    return results;
  } catch (error) {
    if ((error as { code?: string }).code !== 'EEXIST') throw error;
    throw new Error(`${target} already exists and is not overwritten: name another file, or a folder.`);
  } finally {
    await rm(partial, { force: true });
  }
}

/** The files of a database that were not erased, without any change to it; none of one from before there were files. */
export function filesOfDatabase(file: string): Promise<{ sha256: string; bytes: number }[]> {
  return onFile(file, async (db) => {
    if (!(await db.schema.hasTable('files'))) return [];
    const rows = db('files').whereNull('erased_at').groupBy('sha256').orderBy('sha256');
    return rows.select('sha256').max('bytes as bytes');
  });
}

/** The folder may be new, the one above it may not: that is more likely mistyped than meant. */
async function makeFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { mode: ownRights.folder });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return;
    if (code !== 'ENOENT')
      throw new Error(`The folder ${folder} cannot be created: ${message}. Name another.`, { cause: error });
    throw new Error(
      `There is no folder ${path.dirname(folder)} to make ${path.basename(folder)} in: make it, or name another.`,
    );
  }
}

async function checked(db: Knex): Promise<VerifyResult[]> {
  const [found] = await db.raw('pragma quick_check');
  if (found?.quick_check !== 'ok') throw new Error(`The copy is not sound: ${found?.quick_check}. Try again.`);
  const ids = db('programs').select('id').union(db('records').distinct('program_id as id'));
  const results: VerifyResult[] = [];
  for (const { id } of await ids.orderBy('id'))
    results.push(await verifyChain(db, id).catch((error) => unread(id, error)));
  return results;
}

/** A chain that cannot even be walked makes no copy of the others worthless. */
function unread(programId: string, error: unknown): VerifyResult {
  const reason = `it cannot be read: ${error instanceof Error ? error.message : error}`;
  return { programId, ok: false, records: 0, brokenAt: { seq: 1, reason } };
}

/** Reads a file, without the set-up of one that is written to: no migration, no write-ahead log of its own. */
async function onFile<T>(file: string, work: (db: Knex) => Promise<T>): Promise<T> {
  const connection = { filename: `${pathToFileURL(file)}?mode=ro`, flags: ['OPEN_URI'] };
  const db = knex({ client: 'sqlite3', connection, useNullAsDefault: true, log: silentLog, pool: { min: 0, max: 1 } });
  try {
    return await work(db);
  } finally {
    await db.destroy();
  }
}

/** On disk before it gets its name: neither SQLite nor a rename promises that. */
async function sync(file: string): Promise<void> {
  const handle = await open(file, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
