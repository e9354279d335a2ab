import type { Knex } from 'knex';
import { isPostgres } from '../statements.ts';

/** The register, its read tables, the outbox, and the keys of the API. */
export async function up(db: Knex): Promise<void> {
  const text = binaryText(db);
  await createRegister(db, text);
  await createReadTables(db, text);
  await createOutbox(db, text);
  await createKeys(db, text);
}

/** Takes away everything that `up` made. */
export async function down(db: Knex): Promise<void> {
  const tables = ['idempotency_keys', 'tokens', 'mail_items', 'mails', 'people', 'certificates', 'findings'];
  for (const table of [...tables, 'audits', 'tasks', 'records', 'programs']) await db.schema.dropTable(table);
}

/** The same order on every server: PostgreSQL would otherwise compare by the rules of its own locale. */
export function binaryText(db: Knex): string {
  return isPostgres(db) ? 'text collate "C"' : 'text';
}

async function createRegister(db: Knex, text: string): Promise<void> {
  await db.schema.createTable('programs', (t) => {
    t.specificType('id', text).primary();
    t.integer('head_seq').notNullable();
    t.text('head_hash').notNullable();
    t.boolean('rehearsal').notNullable();
    t.specificType('clock_at', text).notNullable();
    t.text('doc').notNullable();
  });
  await db.schema.createTable('records', (t) => {
    t.specificType('program_id', text).notNullable().references('programs.id');
    t.integer('seq').notNullable();
    t.specificType('command_id', text).notNullable();
    t.text('payload').notNullable();
    t.text('hash').notNullable();
    t.primary(['program_id', 'seq']);
    t.index(['program_id', 'command_id'], 'records_by_command');
  });
}

async function createReadTables(db: Knex, text: string): Promise<void> {
  await db.schema.createTable('tasks', (t) => {
    t.specificType('program_id', text).notNullable();
    t.specificType('id', text).notNullable();
    t.integer('number').notNullable();
    t.text('status').notNullable();
    t.specificType('assignee', text).notNullable();
    t.specificType('due_on', text).notNullable();
    t.text('doc').notNullable();
    t.primary(['program_id', 'id']);
    t.index(['program_id', 'due_on', 'number'], 'tasks_by_due_date');
    t.index(['assignee', 'status', 'due_on'], 'tasks_by_assignee');
  });
  await db.schema.createTable('audits', (t) => {
    t.specificType('program_id', text).notNullable();
    t.specificType('id', text).notNullable();
    t.integer('number').notNullable();
    t.text('doc').notNullable();
    t.primary(['program_id', 'id']);
    t.index(['program_id', 'number'], 'audits_by_number');
  });
  await db.schema.createTable('findings', (t) => {
    t.specificType('program_id', text).notNullable();
    t.specificType('id', text).notNullable();
    t.integer('number').notNullable();
    t.specificType('audit_id', text).notNullable();
    t.text('grade').notNullable();
    t.text('status').notNullable();
    t.text('doc').notNullable();
    t.primary(['program_id', 'id']);
    t.index(['program_id', 'number'], 'findings_by_number');
  });
  await db.schema.createTable('certificates', (t) => {
    t.specificType('program_id', text).primary();
    t.text('number').notNullable();
    t.text('status').notNullable();
    t.specificType('last_day', text).notNullable();
    t.text('doc').notNullable();
  });
  await db.schema.createTable('people', (t) => {
    t.specificType('program_id', text).notNullable();
    t.specificType('email', text).notNullable();
    t.text('doc').notNullable();
    t.primary(['program_id', 'email']);
    t.index(['email', 'program_id'], 'people_by_email');
  });
}

async function createOutbox(db: Knex, text: string): Promise<void> {
  await db.schema.createTable('mails', (t) => {
    t.specificType('id', text).primary();
    t.specificType('program_id', text).notNullable().references('programs.id');
    t.specificType('recipient', text).notNullable();
    t.text('kind').notNullable();
    t.specificType('due_at', text).notNullable();
    t.text('status').notNullable();
    // Queued: when to try (again). Sending: when the lease runs out.
    t.specificType('available_at', text).notNullable();
    t.integer('attempts').notNullable();
    t.text('last_error');
    t.text('sent_at');
    t.text('message_id').notNullable();
    t.index(['status', 'available_at'], 'mails_by_availability');
    t.index(['program_id', 'due_at', 'id'], 'mails_by_program');
  });
  await db.schema.createTable('mail_items', (t) => {
    t.specificType('mail_id', text).notNullable().references('mails.id');
    t.integer('seq').notNullable();
    t.integer('position').notNullable();
    t.text('doc').notNullable();
    t.primary(['mail_id', 'seq', 'position']);
  });
}

async function createKeys(db: Knex, text: string): Promise<void> {
  await db.schema.createTable('tokens', (t) => {
    t.specificType('id', text).primary();
    t.specificType('hash', text).notNullable().unique();
    t.text('email').notNullable();
    t.text('name').notNullable();
    t.text('installation_role');
    t.text('expires_on');
  });
  await db.schema.createTable('idempotency_keys', (t) => {
    t.specificType('caller', text).notNullable();
    t.specificType('program_id', text).notNullable();
    t.specificType('key', text).notNullable();
    t.text('body_hash').notNullable();
    t.text('claimed_at').notNullable();
    t.integer('status');
    t.text('answer');
    t.primary(['caller', 'program_id', 'key']);
  });
}
