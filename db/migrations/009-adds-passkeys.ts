import type { Knex } from 'knex';
import { binaryText } from './001-register.ts';

/** Passkeys with the challenges that they answer, and the roles that a provider of OpenID Connect gave. */
export async function up(db: Knex): Promise<void> {
  const text = binaryText(db);
  await db.schema.createTable('passkeys', (t) => {
    t.specificType('id', text).primary();
    t.specificType('email', text).notNullable();
    t.text('name').notNullable();
    t.text('public_key').notNullable();
    t.bigInteger('counter').notNullable();
    t.text('transports').notNullable();
    t.boolean('synced').notNullable();
    t.specificType('created_at', text).notNullable();
    t.specificType('used_at', text);
    t.index(['email'], 'passkeys_by_email');
  });
  await db.schema.createTable('passkey_challenges', (t) => {
    t.specificType('challenge', text).primary();
    t.specificType('email', text);
    t.specificType('expires_at', text).notNullable();
  });
  await db.schema.createTable('provider_roles', (t) => {
    t.specificType('email', text).primary();
    t.text('role').notNullable();
  });
}

export async function down(db: Knex): Promise<void> {
  for (const table of ['provider_roles', 'passkey_challenges', 'passkeys']) await db.schema.dropTable(table);
}
