import { mkdirSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { ownRights } from './rights.ts';

/**
 * Makes a folder, and those above it, where they are missing, for its owner alone. Node's own `recursive` never ends where the system refuses
 * without saying why, as under /proc.
 *
 * @throws Error of the system when it cannot be made, or when a file has its name.
 */
export function makeFolder(folder: string): void {
  if (isFolder(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder, { mode: ownRights.folder });
  } catch (error) {
    // Another process may have made it meanwhile.
    if (!isFolder(folder)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
