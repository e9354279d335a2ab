import sqlite3 from 'sqlite3';
import { makeOwnFile } from './rights.ts';

/** Holds a file for this process; `release` lets it go, and so does the end of the process however it comes. */
export interface FileLock {
  release(): Promise<void>;
}

/**
 * Takes a file for this process alone: an exclusive transaction of SQLite, which the operating system ends with the process.
 * The file is made when it is missing, for this user alone, and stays; it holds nothing.
 *
 * @returns undefined when another process holds it.
 */
export async function lockFile(file: string): Promise<FileLock | undefined> {
  makeOwnFile(file);
  const connection = await new Promise<sqlite3.Database>((resolve, reject) => {
    const opened = new sqlite3.Database(file, (error) => (error ? reject(error) : resolve(opened)));
  });
  const close = () =>
    new Promise<void>((resolve, reject) => connection.close((error) => (error ? reject(error) : resolve())));
  const error = await new Promise<(Error & { code?: string }) | null>((resolve) => {
    connection.exec('begin exclusive', resolve);
  });
  if (!error) return { release: close };
  await close();
  if (error.code === 'SQLITE_BUSY') return undefined;
  throw error;
}
