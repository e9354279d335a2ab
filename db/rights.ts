import { chmodSync, closeSync, openSync, statSync } from 'node:fs';

/** What others may do with what is kept: nothing. Programs of an organization, mails and tokens are in it. */
export const ownRights = { folder: 0o700, file: 0o600 } as const;

const others = 0o077;
const sticky = 0o1000;

/** Whether others than its owner may do something with a file or folder; on Windows, which has no such rights, nobody. */
export function isOpenToOthers(path: string): boolean {
  if (process.platform === 'win32') return false;
  return ((statSync(path, { throwIfNoEntry: false })?.mode ?? 0) & others) !== 0;
}

/**
 * Takes from others what they may do with a file or folder, where this process owns it. One that many share on purpose (as
 * `/tmp`) stays as it is.
 *
 * @returns whether nobody else may do anything with it now
 */
export function closeToOthers(path: string): boolean {
  if (!isOpenToOthers(path)) return true;
  const { mode, uid } = statSync(path);
  if (uid !== process.getuid?.() || (mode & sticky) !== 0) return false;
  try {
    chmodSync(path, mode & 0o7700);
    return true;
  } catch {
    // On a file system that is read only, or has no such rights.
    return false;
  }
}

/** Makes an empty file that only its owner reads, unless there is one: what writes it later keeps its rights. */
export function makeOwnFile(path: string): void {
  closeSync(openSync(path, 'a', ownRights.file));
}
