import { randomUUID } from 'node:crypto';
import { access, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { FileGone, ofFileSystem } from '../errors.ts';
import { spool } from '../spool.ts';
import { type Content, type FileStore, hashAt, pathOf, type StoredFile } from '../store.ts';

/** Where uploads are until their hash is known; below the same folder, so that they only need to be renamed. */
const incoming = 'incoming';

/** For how long nothing was written to an upload whose process must have ended. */
const forsakenMs = 3_600_000;

/** Nobody but the user of the process reads what others submitted. */
const modes = { folder: 0o700, file: 0o600 };

/**
 * Files in a folder. Each is written beside, to disk, and then renamed to its hash: half of a file is never taken for
 * one. What a process that was killed left half-written is removed by the next that takes a file.
 */
export function folderStore(folder: string): FileStore {
  const at = (sha256: string) => join(folder, pathOf(sha256));
  let ready: Promise<void> | undefined;

  async function prepare(): Promise<void> {
    await mkdir(join(folder, incoming), { recursive: true, mode: modes.folder });
    await removeForsaken(join(folder, incoming));
  }

  async function take(content: Content, partial: string): Promise<StoredFile> {
    ready ??= prepare();
    await ready.catch((error: unknown) => {
      ready = undefined;
      throw error;
    });
    const stored = await written(content, partial);
    const target = at(stored.sha256);
    await mkdir(dirname(target), { recursive: true, mode: modes.folder });
    // Over one that is there already: it is the same, or was damaged.
    await rename(partial, target);
    await syncFolder(dirname(target));
    return stored;
  }

  return {
    async put(content) {
      const partial = join(folder, incoming, randomUUID());
      try {
        return await take(content, partial);
      } catch (error) {
        await rm(partial, { force: true }).catch(() => undefined);
        throw ofFileSystem(error, folder);
      }
    },
    async get(sha256) {
      const file = at(sha256);
      try {
        const handle = await open(file, 'r');
        return handle.createReadStream();
      } catch (error) {
        if (isMissing(error)) throw new FileGone(sha256, error);
        throw ofFileSystem(error, folder);
      }
    },
    async has(sha256) {
      try {
        await access(at(sha256));
        return true;
      } catch (error) {
        if (isMissing(error)) return false;
        throw ofFileSystem(error, folder);
      }
    },
    async remove(sha256) {
      try {
        await rm(at(sha256), { force: true });
      } catch (error) {
        throw ofFileSystem(error, folder);
      }
    },
    list: () => filesIn(folder),
    close: () => undefined,
  };
}

/** Writes content to disk, to a file that must not be there yet. */
async function written(content: Content, file: string): Promise<StoredFile> {
  const handle = await open(file, 'wx', modes.file);
  try {
    const stored = await spool(content, handle);
    await handle.sync();
    return stored;
  } finally {
    await handle.close();
  }
}

async function* filesIn(folder: string): AsyncGenerator<StoredFile> {
  for (const shard of await namesIn(folder)) {
    for (const name of shard === incoming ? [] : await namesIn(join(folder, shard))) {
      const sha256 = hashAt(`${shard}/${name}`);
      if (sha256) yield { sha256, bytes: (await stat(join(folder, shard, name))).size };
    }
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (isMissing(error) || (error as NodeJS.ErrnoException).code === 'ENOTDIR') return [];
    throw ofFileSystem(error, folder);
  }
}

async function removeForsaken(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const { mtimeMs = Number.POSITIVE_INFINITY } = await stat(file).catch(() => ({}) as { mtimeMs?: number });
    if (mtimeMs < Date.now() - forsakenMs) await rm(file, { force: true });
  }
}

/** A rename is on disk once its folder is. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
