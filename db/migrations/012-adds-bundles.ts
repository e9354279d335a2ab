import type { Knex } from 'knex';
import { binaryText } from './001-register.ts';

/**
 * What goes out as one mail: at most one digest and one escalation for each person and day, of the parts that their
 * programs have in it. A mail of one program is in none before a courier takes it, nor where an earlier version did.
 */
export async function up(db: Knex): Promise<void> {
  const text = binaryText(db);
  await db.schema.createTable('bundles', (t) => {
    t.specificType('id', text).primary();
    t.specificType('recipient', text).notNullable();
    t.text('kind').notNullable();
    t.specificType('day', text).notNullable();
    t.unique(['recipient', 'kind', 'day'], { indexName: 'bundles_by_day' });
  });
  await db.schema.alterTable('mails', (t) => {
    t.specificType('bundle', text).nullable();
    // Where the recipient's day was counted when it was queued; the program's time zone when empty.
    t.text('time_zone').nullable();
    // How often the mail server did not take it, other than by being away; none when empty.
    t.integer('tries').nullable();
    t.index(['bundle'], 'mails_by_bundle');
    t.index(['recipient', 'status'], 'mails_by_recipient');
  });
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('mails', (t) => {
    t.dropIndex(['bundle'], 'mails_by_bundle');
    t.dropIndex(['recipient', 'status'], 'mails_by_recipient');
    t.dropColumns('bundle', 'time_zone', 'tries');
  });
  await db.schema.dropTable('bundles');
}
