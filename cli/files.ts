import type { Database } from '../db/types.ts';
import { filesOf } from '../domain/evidence/carried.ts';
import { FileChanged, FileGone, StoreError } from '../files/errors.ts';
import { type FileState, readWhole, stateOf } from '../files/open.ts';
import type { FileStore, StoredFile } from '../files/store.ts';

/** A file that a program has and that was not erased. */
export interface NamedFile extends StoredFile {
  programId: string;
  name: string;
  /** The first record that names it; none when it was uploaded and not yet submitted. */
  seq?: number;
}

const batch = 1_000;

/**
 * Every file of a program, by its records and by its list of files: the records are what the chain covers. Of a program whose
 * chain is broken, those of the list.
 */
export async function namedFiles(database: Database, programId: string, isChainWhole: boolean): Promise<NamedFile[]> {
  const files = new Map<string, NamedFile>();
  const erased = new Set<string>();
  for (let after = 0; isChainWhole; ) {
    const records = await database.register.records(programId, { after, limit: batch });
    for (const record of records) {
      if (record.type === 'FileErased') erased.add(record.data.sha256);
      for (const { sha256, bytes, name } of filesOf(record)) {
        if (!files.has(sha256)) files.set(sha256, { programId, sha256, bytes, name, seq: record.seq });
      }
    }
    if (records.length < batch) break;
    after = records.at(-1)!.seq;
  }
  for (let cursor: string | undefined; ; ) {
    const page = await database.files.list(programId, {}, { limit: 200, cursor }, ({ erased: gone }) => !gone);
    for (const { sha256, bytes, name } of page.items) {
      if (!files.has(sha256)) files.set(sha256, { programId, sha256, bytes, name });
    }
    if (page.nextCursor === null) break;
    cursor = page.nextCursor;
  }
  return [...files.values()].filter(({ sha256 }) => !erased.has(sha256));
}

/** What a check found of a file; of one that could not be read it is not known whether it is whole. */
export type Found = FileState | 'unreadable';

/**
 * Reads files to their ends and says of each whether it is what was taken; one that several programs have is read once, and one
 * that cannot be read stops none of the others.
 */
export async function* checked(
  store: FileStore,
  files: readonly NamedFile[],
): AsyncGenerator<{ file: NamedFile; is: Found }> {
  const known = new Map<string, Found>();
  for (const file of files) {
    const key = `${file.sha256} ${file.bytes}`;
    const is = known.get(key) ?? (await stateOf(store, file).catch(() => 'unreadable' as const));
    known.set(key, is);
    yield { file, is };
  }
}

/** How a file that is not as it was taken is told of. */
export function told({ programId, name, sha256, seq }: NamedFile, is: Found): string {
  const where = seq === undefined ? 'uploaded, in no record yet' : `named in record ${seq}`;
  return `${programId}: ${JSON.stringify(name)} (${sha256}), ${where}: ${is.toUpperCase()}`;
}

/** How many files are kept that no program has, and were not erased just now. */
export async function countUnnamed(database: Database, store: FileStore): Promise<number> {
  const named = new Set<string>(await database.files.toRemove());
  for await (const { sha256 } of database.files.kept()) named.add(sha256);
  let unnamed = 0;
  for await (const { sha256 } of store.list()) if (!named.has(sha256)) unnamed++;
  return unnamed;
}

/** What became of the files of a backup. */
export interface CopiedFiles {
  copied: number;
  /** Whole in the backup already. */
  there: number;
  /** Those that could not be copied, for they are not what was taken. */
  lost: { file: StoredFile; is: Exclude<Found, 'whole'> }[];
}

/**
 * Copies files to another place, each checked by its hash on the way, but for those that are whole there. One that cannot be
 * copied stops none of the others, unless there is no room left.
 *
 * @param isErased whether a file was erased since the list was made; it is left out
 */
export async function copyFiles(
  from: FileStore,
  to: FileStore,
  files: readonly StoredFile[],
  isErased: (sha256: string) => Promise<boolean>,
): Promise<CopiedFiles> {
  const result: CopiedFiles = { copied: 0, there: 0, lost: [] };
  for (const file of files) {
    try {
      if ((await stateOf(to, file)) === 'whole') {
        result.there++;
        continue;
      }
      await to.put(await readWhole(from, file));
      result.copied++;
    } catch (error) {
      if (error instanceof StoreError && error.is === 'full') throw error;
      const is = error instanceof FileChanged ? 'changed' : error instanceof FileGone ? 'missing' : 'unreadable';
      if (is !== 'missing' || !(await isErased(file.sha256))) result.lost.push({ file, is });
    }
  }
  return result;
}

/** The files that programs have and that are not where they should be, or have another size. */
export async function missingFiles(database: Database, store: FileStore): Promise<StoredFile[]> {
  const kept = new Map<string, number>();
  for await (const { sha256, bytes } of store.list()) kept.set(sha256, bytes);
  const missing: StoredFile[] = [];
  for await (const file of database.files.kept()) if (kept.get(file.sha256) !== file.bytes) missing.push(file);
  return missing;
}
