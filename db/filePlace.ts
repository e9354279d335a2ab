import { statSync } from 'node:fs';
import path from 'node:path';
import { ofDatabase } from './faults.ts';

/**
 * Notes where a SQLite file and its write-ahead log are now. What it gives throws once one of them was moved, deleted or exchanged:
 * SQLite would go on writing to what is open, where nobody finds it again, and acknowledge that.
 */
export function notePlace(file: string): () => void {
  const noted = [file, `${file}-wal`].map((name) => ({ name, inode: inodeOf(name) }));
  return () => {
    for (const { name, inode } of noted) {
      if (inode === undefined) continue;
      const now = inodeOf(name);
      if (now === inode) continue;
      const what = now === undefined ? 'is not where it was opened' : 'is another file than the one that was opened';
      throw ofDatabase(
        new Error(`the file ${path.basename(name)} ${what}: bring it back, or start Certloop anew on the right one`),
      );
    }
  };
}

function inodeOf(name: string): bigint | undefined {
  return statSync(name, { bigint: true, throwIfNoEntry: false })?.ino;
}
