import type { Knex } from 'knex';

/** The orders in which somebody's tasks over all programs are listed: all of them, and those of one status. */
const indexes = {
  tasks_of_assignee: 'tasks (assignee, due_on, program_id, number, id)',
  tasks_of_assignee_by_status: 'tasks (assignee, status, due_on, program_id, number, id)',
} as const;

/** With the former index, which is the beginning of another, all tasks of a person were sorted for one page of them. */
export async function up(db: Knex): Promise<void> {
  for (const [name, on] of Object.entries(indexes)) await db.raw(`create index ${name} on ${on}`);
  await db.raw('drop index tasks_by_assignee');
}

export async function down(db: Knex): Promise<void> {
  await db.raw('create index tasks_by_assignee on tasks (assignee, status, due_on)');
  for (const name of Object.keys(indexes)) await db.raw('drop index ??', [name]);
}
