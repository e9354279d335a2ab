import type { Knex } from 'knex';
import { binaryText } from './001-register.ts';

/** The checkpoints that were made over all chains, and whether each was written where it is to be kept. */
export async function up(db: Knex): Promise<void> {
  const text = binaryText(db);
  await db.schema.createTable('checkpoints', (t) => {
    t.integer('number').primary();
    t.specificType('made_at', text).notNullable();
    t.text('doc').notNullable();
    t.specificType('written_at', text);
  });
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('checkpoints');
}
