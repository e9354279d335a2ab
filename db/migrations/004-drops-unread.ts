import type { Knex } from 'knex';

/** A table and columns that were written and never read; what they held is in the documents and in the records. */
export async function up(db: Knex): Promise<void> {
  await db.schema.dropTable('certificates');
  // In SQL, which both databases understand: knex would copy the whole table on SQLite.
  for (const column of ['audit_id', 'grade', 'status']) await db.raw('alter table findings drop column ??', [column]);
}

/** @throws Error always: versions that write these columns begin with a backup of their own time. */
export async function down(): Promise<void> {
  throw new Error('004-drops-unread cannot be taken back: restore a backup from before it.');
}
