import type { Knex } from 'knex';
import { binaryText } from './001-register.ts';

/** What a token is good for, and when it was used last; what each caller brought in on a day. */
export async function up(db: Knex): Promise<void> {
  const text = binaryText(db);
  await db.schema.alterTable('tokens', (t) => {
    t.specificType('program_id', text);
    // Both when absent: as tokens were before.
    t.text('access');
    t.specificType('last_used_at', text);
  });
  await db.schema.createTable('brought_in', (t) => {
    t.specificType('email', text).notNullable();
    t.specificType('day', text).notNullable();
    t.integer('programs').notNullable();
    t.integer('addresses').notNullable();
    t.primary(['email', 'day']);
  });
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('brought_in');
  for (const column of ['program_id', 'access', 'last_used_at'])
    await db.raw('alter table tokens drop column ??', [column]);
}
