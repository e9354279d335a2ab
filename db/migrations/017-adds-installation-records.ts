import type { Knex } from 'knex';
import { genesisHash } from '../hashes.ts';
import { binaryText } from './001-register.ts';

/**
 * What happened to the installation itself, in a chain of its own; who made a token, and when. Of what was done before, and of what a
 * version before this one does beside it, nothing is known.
 */
export async function up(db: Knex): Promise<void> {
  const text = binaryText(db);
  await db.schema.createTable('installation_records', (t) => {
    t.integer('seq').primary();
    t.specificType('payload', text).notNullable();
    t.specificType('hash', text).notNullable();
  });
  await db.schema.createTable('installation_head', (t) => {
    t.integer('id').primary();
    t.integer('seq').notNullable();
    t.specificType('hash', text).notNullable();
  });
  await db('installation_head').insert({ id: 1, seq: 0, hash: genesisHash });
  await db.schema.alterTable('tokens', (t) => {
    t.specificType('made_at', text).nullable();
    t.specificType('made_by', text).nullable();
  });
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('tokens', (t) => {
    t.dropColumns('made_at', 'made_by');
  });
  await db.schema.dropTable('installation_head');
  await db.schema.dropTable('installation_records');
}
