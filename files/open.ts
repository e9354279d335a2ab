import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline, Transform } from 'node:stream';
import { FileChanged, FileGone } from './errors.ts';
import type { FileStore, StoredFile } from './store.ts';
import { folderStore } from './stores/folder.ts';
import { s3Store } from './stores/s3.ts';

/**
 * Opens the place of files that a url names: `file:/path/of/folder`, or `s3://bucket/prefix`, with `?region=` and
 * `?endpoint=` where the AWS SDK's own environment does not say them.
 *
 * @param spoolFolder where uploads on their way to a bucket pass through
 */
export async function openFileStore(url: string, spoolFolder: string): Promise<FileStore> {
  if (url.startsWith('file:')) return folderStore(folderOf(url));
  const { hostname: bucket, pathname, searchParams } = new URL(url);
  const given = (name: string) => searchParams.get(name) ?? undefined;
  const prefix = decodeURIComponent(pathname).replace(/^\/+|\/+$/g, '');
  return s3Store({ bucket, prefix, region: given('region'), endpoint: given('endpoint') }, spoolFolder);
}

/** The folder of a `file:` url. */
export function folderOf(url: string): string {
  return resolve(url.slice('file:'.length).replace(/^\/\/(?=\/)/, ''));
}

/**
 * What is in a file, as it was taken: one that was changed since ends with an error before its last bytes, so that nobody takes
 * it for whole.
 *
 * @throws FileGone, StoreError
 */
export async function readWhole(store: FileStore, { sha256, bytes }: StoredFile): Promise<Readable> {
  const hash = createHash('sha256');
  let passed = 0;
  let held: Buffer | undefined;
  const check = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      hash.update(chunk);
      passed += chunk.length;
      const before = held;
      held = chunk;
      done(null, before);
    },
    flush(done) {
      if (passed === bytes && hash.digest('hex') === sha256) done(null, held);
      else done(new FileChanged(sha256));
    },
  });
  // Whoever reads gets the error; whoever stops reading lets go of the file.
  return pipeline(await store.get(sha256), check, () => undefined);
}

/** What became of a file that is kept. */
export type FileState = 'whole' | 'missing' | 'changed';

/** Reads a file to its end, and says whether it is what was taken. Throws `StoreError` when that cannot be found out. */
export async function stateOf(store: FileStore, file: StoredFile): Promise<FileState> {
  try {
    for await (const _ of await readWhole(store, file));
    return 'whole';
  } catch (error) {
    if (error instanceof FileGone) return 'missing';
    if (error instanceof FileChanged) return 'changed';
    throw error;
  }
}
