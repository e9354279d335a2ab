import { mustBeUnique, mustSay } from '../checks.ts';
import type { FileRef } from '../registry/fields.ts';

/** What somebody shows: files, links, a note. */
export interface Shown {
  links: readonly string[];
  files?: FileRef[];
  note: string;
}

/** Refuses what shows nothing, and a file that is named twice. `at` comes before the names of the fields: `evidence.`. */
export function mustShow({ links, files = [], note }: Shown, at: string): void {
  mustDiffer(files, `${at}files`);
  if (links.length === 0 && files.length === 0) mustSay(note, `${at}note`);
}

/** Refuses a file that is named twice. */
export function mustDiffer(files: readonly FileRef[] = [], field = 'files'): void {
  mustBeUnique(
    files.map(({ sha256 }) => sha256),
    field,
    'file',
  );
}

/** The files of a record; nothing where there are none, as in the records from before there were files. */
export function withFiles(files: FileRef[] = []): { files?: FileRef[] } {
  return files.length > 0 ? { files } : {};
}
