import type { Knex } from 'knex';

/** Whether a mail that was sent went into the local mailbox, for no mail server was set: it reached nobody outside. */
export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('mails', (t) => {
    t.boolean('local').nullable();
  });
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('mails', (t) => {
    t.dropColumns('local');
  });
}
