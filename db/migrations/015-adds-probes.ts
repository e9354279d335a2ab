import type { Knex } from 'knex';

/** Where it is tried whether anything can be written: what is put here is taken away in the same transaction. */
export async function up(db: Knex): Promise<void> {
  await db.schema.createTable('probes', (t) => {
    t.string('id').primary();
    t.text('filler').notNullable();
  });
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('probes');
}
