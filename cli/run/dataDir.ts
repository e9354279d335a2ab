import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { makeFolder } from '../../db/folders.ts';
import { closeToOthers, isOpenToOthers } from '../../db/rights.ts';

/** The names of what Certloop itself keeps in a data folder: databases, log, lock, token, keys, mails, files. */
const ownNames = /^((certloop|temporal)\.[\w.-]+|[\w.-]+\.(token|keys?)|mailbox|files|checkpoints|backups)$/;

/**
 * Makes the data folder if it is not there, and closes it to others. Throws an error that says what to do when it cannot be made or
 * written.
 *
 * @returns what to warn of, where others can still get at it
 */
export function ensureDataDir(dataDir: string): string | undefined {
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(
      `The data folder ${dataDir} cannot be written (${(error as Error).message}): set CERTLOOP_DATA_DIR to a folder that can.`,
    );
  }
  return closeDataDir(dataDir);
}

/**
 * Takes from others what they may do with the data folder and with the files in it, as far as they are this user's. A folder that holds
 * something else too is not ours to close: others may share it on purpose.
 *
 * @returns what to warn of, where others can still get at it
 */
export function closeDataDir(dataDir: string): string | undefined {
  if (!existsSync(dataDir)) return undefined;
  const names = readdirSync(dataDir);
  const own = names.filter((name) => ownNames.test(name)).map((name) => join(dataDir, name));
  const open = own.filter((path) => !closeToOthers(path));
  if (own.length === names.length) closeToOthers(dataDir);
  if (isOpenToOthers(dataDir)) open.unshift(dataDir);
  if (open.length === 0) return undefined;
  return (
    `Other users of this machine can get at ${open.join(', ')}: take that from them as its owner, with "chmod -R go= ` +
    `${dataDir}", or set CERTLOOP_DATA_DIR to a folder of its own.`
  );
}
