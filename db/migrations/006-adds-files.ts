import type { Knex } from 'knex';
import { binaryText } from './001-register.ts';

/** The files of programs, who uploaded each, which records name it, and what is to be removed from where files are kept. */
export async function up(db: Knex): Promise<void> {
  const text = binaryText(db);
  await db.schema.createTable('files', (t) => {
    t.specificType('program_id', text).notNullable();
    t.specificType('sha256', text).notNullable();
    t.bigInteger('bytes').notNullable();
    t.text('media_type').notNullable();
    t.text('name').notNullable();
    t.text('uploaded_by').notNullable();
    t.specificType('uploaded_at', text).notNullable();
    t.text('erased_at');
    t.text('erased_by');
    t.text('erased_reason');
    t.primary(['program_id', 'sha256']);
    t.index(['program_id', 'uploaded_at', 'sha256'], 'files_by_upload');
    t.index(['sha256'], 'files_by_hash');
  });
  await db.schema.createTable('file_uploads', (t) => {
    t.specificType('program_id', text).notNullable();
    t.specificType('sha256', text).notNullable();
    t.specificType('email', text).notNullable();
    t.primary(['program_id', 'sha256', 'email']);
  });
  await db.schema.createTable('file_uses', (t) => {
    t.specificType('program_id', text).notNullable();
    t.specificType('sha256', text).notNullable();
    t.integer('seq').notNullable();
    t.text('record').notNullable();
    t.text('task_id');
    t.primary(['program_id', 'sha256', 'seq']);
  });
  await db.schema.createTable('file_removals', (t) => {
    t.specificType('sha256', text).primary();
  });
}

export async function down(db: Knex): Promise<void> {
  for (const table of ['file_removals', 'file_uses', 'file_uploads', 'files']) await db.schema.dropTable(table);
}
