import type { Knex } from 'knex';
import * as register from './migrations/001-register.ts';

interface Step {
  name: string;
  migration: Knex.Migration;
}

/** All migrations in their order. A name is never changed, and a migration that was released neither. */
const steps: Step[] = [{ name: '001-register', migration: register }];

/** knex looks for files by itself; static imports work from source, from `dist/` and in a bundle alike. */
const source: Knex.MigrationSource<Step> = {
  getMigrations: async () => steps,
  getMigrationName: (step) => step.name,
  getMigration: async (step) => step.migration,
};

/**
 * Brings the schema up to date inside the caller's transaction, so that a crash leaves no half of it. Throws when
 * the database was made by a newer version.
 */
export async function migrate(trx: Knex.Transaction): Promise<void> {
  await trx.migrate.latest({ migrationSource: source });
}
