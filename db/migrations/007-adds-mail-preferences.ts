import type { Knex } from 'knex';
import { binaryText } from './001-register.ts';

/** How mails reach somebody; no row for whoever chose nothing. */
export async function up(db: Knex): Promise<void> {
  const text = binaryText(db);
  await db.schema.createTable('mail_preferences', (t) => {
    t.specificType('email', text).primary();
    t.text('digest').notNullable();
    t.integer('weekday');
    t.text('quiet_from');
    t.text('quiet_until');
    t.text('time_zone');
  });
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('mail_preferences');
}
