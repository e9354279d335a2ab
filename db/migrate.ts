import type { Knex } from 'knex';
import * as register from './migrations/001-register.ts';
import * as overdue from './migrations/002-adds-overdue.ts';
import * as phase from './migrations/003-adds-phase.ts';
import * as unread from './migrations/004-drops-unread.ts';
import * as identity from './migrations/005-adds-identity.ts';
import * as files from './migrations/006-adds-files.ts';
import * as mailPreferences from './migrations/007-adds-mail-preferences.ts';
import * as tokenScopes from './migrations/008-adds-token-scopes.ts';
import * as passkeys from './migrations/009-adds-passkeys.ts';
import * as inbox from './migrations/010-adds-inbox.ts';
import * as lastDays from './migrations/011-adds-last-days.ts';
import * as bundles from './migrations/012-adds-bundles.ts';
import * as recordNames from './migrations/013-adds-record-names.ts';
import * as localMails from './migrations/014-adds-local-mails.ts';
import * as probes from './migrations/015-adds-probes.ts';
import * as checkpoints from './migrations/016-adds-checkpoints.ts';
import * as installationRecords from './migrations/017-adds-installation-records.ts';
import * as recordsOfBefore from './migrations/018-adds-records-of-before.ts';
import * as passkeysToRecords from './migrations/019-adds-passkeys-to-records.ts';
import * as ordersOfTasks from './migrations/020-adds-orders-of-tasks.ts';

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
  { name: '005-adds-identity', migration: identity },
  { name: '006-adds-files', migration: files },
  { name: '007-adds-mail-preferences', migration: mailPreferences },
  { name: '008-adds-token-scopes', migration: tokenScopes },
  { name: '009-adds-passkeys', migration: passkeys },
  { name: '010-adds-inbox', migration: inbox },
  { name: '011-adds-last-days', migration: lastDays },
  { name: '012-adds-bundles', migration: bundles },
  { name: '013-adds-record-names', migration: recordNames },
  { name: '014-adds-local-mails', migration: localMails },
  { name: '015-adds-probes', migration: probes },
  { name: '016-adds-checkpoints', migration: checkpoints },
  { name: '017-adds-installation-records', migration: installationRecords },
  { name: '018-adds-records-of-before', migration: recordsOfBefore },
  { name: '019-adds-passkeys-to-records', migration: passkeysToRecords },
  { name: '020-adds-orders-of-tasks', migration: ordersOfTasks },
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
