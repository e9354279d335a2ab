import { loadSettings } from '../../config/settings.ts';
import { openDatabase } from '../../db/connect.ts';
import type { Database } from '../../db/types.ts';

/** Opens the database of the settings for one piece of work, and closes it whatever happens. */
export async function withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
  const database = await openDatabase(loadSettings(process.env).databaseUrl);
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
