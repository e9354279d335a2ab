import type { FileRef } from '../../domain/registry/fields.ts';
import { count, list } from '../phrases.ts';
import { silent, type WordsOfRecords } from './entry.ts';

/** How the records of files read, and who hears of them. */
export const fileRecords = {
  FileErased: {
    line: ({ sha256, reason }) => `File ${sha256.slice(0, 12)}… erased: ${reason}`,
    tells: silent,
  },
} satisfies Partial<WordsOfRecords>;

/** What was shown, in a row: `1 link and 2 files (policy.pdf, minutes.pdf)`. */
export function shown(links: readonly string[], files: readonly FileRef[] = []): string {
  const named = `${count(files.length, 'file')} (${files.map(({ name }) => name).join(', ')})`;
  if (files.length === 0) return count(links.length, 'link');
  return list([...(links.length > 0 ? [count(links.length, 'link')] : []), named]);
}

/** The files that a record carries beside something else, where there are any: `, with 1 file (report.pdf)`. */
export function withFiles(files: readonly FileRef[] = []): string {
  return files.length > 0 ? `, with ${shown([], files)}` : '';
}
