import type { Knex } from 'knex';
import { renewNames } from '../recordNames.ts';
import { isPostgres } from '../statements.ts';
import { binaryText } from './001-register.ts';

/**
 * Under which names records are found again: tasks, audits, findings, requirements, systems, people and types. What a version
 * before this one appends meanwhile is found after `certloop rebuild`.
 */
export async function up(db: Knex): Promise<void> {
  const text = binaryText(db);
  // The key is all there is of a row: SQLite then keeps it once.
  await db.raw(
    `create table record_names (
      program_id ${text} not null, name ${text} not null, seq integer not null, primary key (program_id, name, seq)
    )${isPostgres(db) ? '' : ' without rowid'}`,
  );
  const ids: string[] = await db('programs').orderBy('id').pluck('id');
  for (const id of ids) await renewNames(db, id);
}

export async function down(db: Knex): Promise<void> {
  await db.schema.dropTable('record_names');
}
