import type { Knex } from 'knex';
import { binaryText } from './001-register.ts';

/** Who can come in, and by what; the installation's own secrets; what somebody typed and has not sent yet. */
export async function up(db: Knex): Promise<void> {
  const text = binaryText(db);
  await db.schema.createTable('accounts', (t) => {
    t.specificType('email', text).primary();
    t.text('name').notNullable();
    t.text('installation_role');
    t.boolean('may_start').notNullable();
    t.specificType('created_at', text).notNullable();
  });
  await db.schema.createTable('sessions', (t) => {
    t.specificType('hash', text).primary();
    t.specificType('email', text).notNullable();
    t.text('means').notNullable();
    t.text('device').notNullable();
    t.specificType('began_at', text).notNullable();
    t.specificType('seen_at', text).notNullable();
    t.specificType('ends_at', text).notNullable();
    t.index(['email'], 'sessions_by_email');
  });
  await db.schema.createTable('sign_ins', (t) => {
    t.specificType('id', text).primary();
    t.specificType('email', text).notNullable();
    t.text('kind').notNullable();
    t.specificType('code_hash', text);
    t.specificType('link_hash', text).unique();
    t.integer('attempts').notNullable();
    t.specificType('asked_at', text).notNullable();
    t.specificType('expires_at', text).notNullable();
    t.specificType('used_at', text);
    t.index(['email', 'asked_at'], 'sign_ins_by_email');
  });
  await db.schema.createTable('secrets', (t) => {
    t.specificType('name', text).primary();
    t.text('value').notNullable();
  });
  await db.schema.createTable('drafts', (t) => {
    t.specificType('program_id', text).notNullable();
    t.specificType('subject', text).notNullable();
    t.specificType('email', text).notNullable();
    t.specificType('saved_at', text).notNullable();
    t.text('doc').notNullable();
    t.primary(['program_id', 'subject', 'email']);
  });
  await accountsOfTokens(db);
}

export async function down(db: Knex): Promise<void> {
  for (const table of ['drafts', 'secrets', 'sign_ins', 'sessions', 'accounts']) await db.schema.dropTable(table);
}

/** Whoever had a token before could start programs, and goes on doing so; whoever comes later starts with nothing. */
async function accountsOfTokens(db: Knex): Promise<void> {
  const tokens: { email: string; name: string; installation_role: string | null }[] = await db('tokens')
    .orderBy('email')
    .select('email', 'name', 'installation_role');
  const accounts = new Map<string, object>();
  for (const { email, name, installation_role: role } of tokens) {
    const known = accounts.get(email) as { installation_role: string | null } | undefined;
    const installationRole = [known?.installation_role, role].includes('administrator')
      ? 'administrator'
      : (known?.installation_role ?? role);
    accounts.set(email, { email, name, installation_role: installationRole, may_start: true, created_at: longAgo });
  }
  for (const account of accounts.values()) await db('accounts').insert(account);
}

/** When accounts began that were there before anybody kept it. */
const longAgo = '1970-01-01T00:00:00.000Z';
