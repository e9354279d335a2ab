import { randomUUID } from 'node:crypto';
import { link, mkdir, open, readdir, readFile, rm, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { ownRights } from '../db/rights.ts';
import { bucketPlace } from './bucket.ts';
import { textOf } from './checkpoint.ts';
import { isNamed, mustBeSame, nameOf, type Place } from './place.ts';
import type { Found } from './series.ts';

/** The place that a url means: `file:/path/of/folder`, or `s3://bucket/prefix` with `?region=`, `?endpoint=` and `?lock=<days>`. */
export async function openPlace(url: string): Promise<Place> {
  return url.startsWith('s3:') ? bucketPlace(new URL(url)) : folderPlace(folderOf(url));
}

/**
 * Reads the checkpoints of a file, a folder, or a url as above.
 *
 * @returns the checkpoints, and whether they are all that the place has
 * @throws Error that says what is expected when there is nothing of the kind
 */
export async function readAgainst(where: string): Promise<{ found: Found[]; isWhole: boolean }> {
  if (where.startsWith('s3:')) {
    const place = await openPlace(where);
    try {
      return { found: await place.read!(), isWhole: true };
    } finally {
      place.close();
    }
  }
  const path = folderOf(where);
  const is = await stat(path).catch(() => undefined);
  if (!is)
    throw new Error(`There is no ${path}: name a checkpoint's file, the folder or the s3:// url where they are kept.`);
  if (is.isDirectory()) return { found: await folderPlace(path).read!(), isWhole: true };
  return { found: [await foundAt(path)], isWhole: false };
}

/** Each is written beside, to disk, and then linked to its name, which fails where there is one. */
function folderPlace(folder: string): Place {
  return {
    async write(checkpoint) {
      await mkdir(folder, { recursive: true, mode: ownRights.folder });
      const target = join(folder, nameOf(checkpoint));
      const partial = join(folder, `.${randomUUID()}.part`);
      try {
        await written(partial, textOf(checkpoint));
        await link(partial, target);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        mustBeSame(await readFile(target, 'utf8'), checkpoint, target);
      } finally {
        await rm(partial, { force: true });
      }
    },
    async read() {
      const names = (await readdir(folder).catch(noFolder)).filter(isNamed).sort();
      return Promise.all(names.map((name) => foundAt(join(folder, name))));
    },
    close: () => undefined,
  };
}

/** A checkpoint over a hundred thousand programs has a fifth of it. */
const mostBytes = 64 * 2 ** 20;

/** One that cannot be read keeps nobody from reading the others. */
async function foundAt(path: string): Promise<Found> {
  const name = basename(path);
  try {
    const is = await stat(path);
    if (!is.isFile()) return { name, text: '', unread: 'it is no file' };
    if (is.size > mostBytes) return { name, text: '', unread: `it is no checkpoint: it has ${is.size} bytes` };
    return { name, text: await readFile(path, 'utf8') };
  } catch (error) {
    return { name, text: '', unread: `it cannot be read: ${(error as Error).message}` };
  }
}

function folderOf(url: string): string {
  return resolve(url.replace(/^file:/, '').replace(/^\/\/(?=\/)/, ''));
}

function noFolder(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}

async function written(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx', ownRights.file);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}
