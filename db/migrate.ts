import type { Knex } from 'knex';
import * as register from './migrations/001-register.ts';
import * as overdue from './migrations/002-adds-overdue.ts';
import * as phase from './migrations/003-adds-phase.ts';
import * as unread from './migrations/004-drops-unread.ts';

/** One change of the schema. Its name says what it is: a number, and `adds` where it takes nothing away. */
export interface Migration {
  name: string;
  migration: Knex.Migration;
}

/** All migrations in their order. A name is never changed, and a migration that was released neither. */
export const migrations: readonly Migration[] = [
  { name: '001-register', migration: register },
  { name: '002-adds-overdue', migration: overdue },
  { name: '003-adds-phase', migration: phase },
  { name: '004-drops-unread', migration: unread },
];

/**
 * Brings the schema up to date inside the caller's transaction, so that a crash leaves no half of it. What a newer
 * version added does not disturb an older one, which may run and start beside it while workers are upgraded.
 *
 * @throws Error when a newer version changed the database in a way that this one does not know.
 */
export async function migrate(trx: Knex.Transaction, known: readonly Migration[]): Promise<void> {
  await mustKnow(trx, known);
  await trx.migrate.latest({ migrationSource: sourceOf(known), disableMigrationsListValidation: true });
}

/** knex looks for files by itself; static imports work from source, from `dist/` and in a bundle alike. */
function sourceOf(known: readonly Migration[]): Knex.MigrationSource<Migration> {
  return {
    getMigrations: async () => [...known],
    getMigrationName: ({ name }) => name,
    getMigration: async ({ migration }) => migration,
  };
}

async function mustKnow(trx: Knex.Transaction, known: readonly Migration[]): Promise<void> {
  if (!(await trx.schema.hasTable('knex_migrations'))) return;
  const applied: string[] = await trx('knex_migrations').orderBy('id').pluck('name');
  const strange = applied.filter((name) => !known.some((one) => one.name === name) && !/^\d+-adds-/.test(name));
  if (strange.length === 0) return;
  throw new Error(
    `a newer version of Certloop has changed it (${strange.join(', ')}); run that version, or a newer one`,
  );
}
