import { randomBytes, randomUUID } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { encryptionKeysFrom, type Keys, keysFrom, type SigningKeys } from './keys.ts';

/**
 * The keys of a file. Where it is ours to make and not there it is made, for its owner alone, with one key; of several
 * processes that start at once, all get the same.
 *
 * @throws Error that says what to do when the file is not there, cannot be read, or holds no keys
 */
export function readKeys(file: string, isOurs: boolean): { keys: SigningKeys; made: boolean } {
  const made = isOurs && !isThere(file) && make(file);
  return { keys: keysFrom(contentOf(file, 'CERTLOOP_SIGNING_KEYS_FILE'), file), made };
}

/**
 * The keys that payloads are encrypted with.
 *
 * @throws Error that says what to do when the file is not there, cannot be read, or holds no keys
 */
export function readEncryptionKeys(file: string): Keys {
  return encryptionKeysFrom(contentOf(file, 'CERTLOOP_ENCRYPTION_KEYS_FILE'), file);
}

function contentOf(file: string, setting: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Error(
      `Keys cannot be read (${(error as Error).message}): ${setting} names the file, which is the same for every process.`,
      { cause: error },
    );
  }
}

/** Whole or not at all: the file gets its name when all of it is written. Gives whether it was this process that made it. */
function make(file: string): boolean {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const draft = `${file}.${randomUUID()}`;
  try {
    writeFileSync(draft, `${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
    linkSync(draft, file);
    return true;
  } catch (error) {
    if (!isThere(file)) throw error;
    return false;
  } finally {
    rmSync(draft, { force: true });
  }
}

function isThere(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false }) !== undefined;
}
