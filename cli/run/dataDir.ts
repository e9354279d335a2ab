import { accessSync, constants } from 'node:fs';
import { makeFolder } from '../../db/folders.ts';

/**
 * Makes the data folder if it is not there. Throws an error that says what to do when it cannot be made or written.
 */
export function ensureDataDir(dataDir: string): void {
  try {
    makeFolder(dataDir);
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw new Error(
      `The data folder ${dataDir} cannot be written (${(error as Error).message}): set CERTLOOP_DATA_DIR to a folder that can.`,
    );
  }
}
