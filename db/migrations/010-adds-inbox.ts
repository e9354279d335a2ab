import type { Knex } from 'knex';
import { binaryText } from './001-register.ts';

/** Rows written at once. */
const portion = 500;

/**
 * Who submitted a task and when, who asked for it, who sent it back; and the orders in which people read tasks over all of
 * their programs. Who asked and who sent back is known of tasks from now on, or of all by `certloop rebuild`.
 */
export async function up(db: Knex): Promise<void> {
  const text = binaryText(db);
  await db.schema.alterTable('tasks', (t) => {
    t.specificType('submitted_at', text);
    t.specificType('submitted_by', text);
    t.text('asked_by');
    t.text('sent_back_by');
  });
  await fill(db);
  for (const [name, on] of Object.entries(indexes)) await db.raw(`create index ${name} on ${on}`);
}

export async function down(db: Knex): Promise<void> {
  for (const name of Object.keys(indexes)) await db.raw('drop index ??', [name]);
  for (const column of ['submitted_at', 'submitted_by', 'asked_by', 'sent_back_by'])
    await db.raw('alter table tasks drop column ??', [column]);
}

/** Each over the few rows that it is about: tasks that ended are in none of them. In SQL, for knex knows no such indexes on SQLite. */
const indexes = {
  tasks_overdue_by_assignee: 'tasks (assignee, overdue_at, program_id, number) where overdue_at is not null',
  tasks_overdue_in_program: 'tasks (program_id, overdue_at, number) where overdue_at is not null',
  tasks_overdue: 'tasks (overdue_at, program_id, number) where overdue_at is not null',
  tasks_submitted_in_program: 'tasks (program_id, submitted_at, number) where submitted_at is not null',
  tasks_submitted: 'tasks (submitted_at, program_id, number) where submitted_at is not null',
  tasks_submitted_by: 'tasks (submitted_by, submitted_at, program_id, number) where submitted_at is not null',
  programs_rehearsed: 'programs (id) where rehearsal',
} as const;

/** What waits for a review now would be missing in the queues of those who give it. */
async function fill(db: Knex): Promise<void> {
  for (;;) {
    const rows: { program_id: string; id: string; doc: string }[] = await db('tasks')
      .where({ status: 'submitted' })
      .whereNull('submitted_at')
      .limit(portion)
      .select('program_id', 'id', 'doc');
    for (const { program_id, id, doc } of rows) {
      const { at, by } = JSON.parse(doc).evidence;
      await db('tasks').where({ program_id, id }).update({ submitted_at: at, submitted_by: by });
    }
    if (rows.length < portion) return;
  }
}
