import { loadSettings } from '../../config/settings.ts';
import { openDatabase, openExistingDatabase } from '../../db/connect.ts';
import type { Database } from '../../db/types.ts';

/** Opens the database of the settings, which must be there, for one piece of work, and closes it whatever happens. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  return closing(await openExistingDatabase(loadSettings(process.env).databaseUrl), work);
}

/** As `withDatabase`, but makes the database when it is not there. */
export async function withNewDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  return closing(await openDatabase(loadSettings(process.env).databaseUrl), work);
}

async function closing<T>(database: Database, work: (database: Database) => Promise<T>): Promise<T> {
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
