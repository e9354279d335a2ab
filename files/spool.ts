import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import type { Content, StoredFile } from './store.ts';

/** Writes content to its end into a file, and gives its hash and its size. Throws what the content or the file throws. */
export async function spool(content: Content, file: FileHandle): Promise<StoredFile> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of content) {
    hash.update(chunk);
    bytes += chunk.length;
    // Where the one before ended; all of it, which `write` does not promise.
    await file.writeFile(chunk);
  }
  return { sha256: hash.digest('hex'), bytes };
}
