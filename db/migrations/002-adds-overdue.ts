import type { Knex } from 'knex';
import { binaryText } from './001-register.ts';

/**
 * From when a task is overdue; nothing when nobody can be late with it. Tasks that were open before get it with their next
 * change, or all at once by `certloop rebuild`.
 */
export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('tasks', (t) => {
    t.specificType('overdue_at', binaryText(db));
  });
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('tasks', (t) => {
    t.dropColumn('overdue_at');
  });
}
