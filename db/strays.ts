import type { Knex } from 'knex';

/** What a write is told that comes when its transaction is gone; SQLite's own words for it. */
const words = 'no transaction is active';

/**
 * Has a connection to SQLite refuse every write outside of a transaction of ours. SQLite undoes a transaction by itself when a
 * statement meets a disk that is full or fails; what was under way beside that statement (`together`) would then be carried out
 * and kept alone: names of records that are not there, or a record beside the chain. A row of a temporary table, which is undone with the
 * transaction, tells the triggers whether it is still there.
 */
export async function refuseStrays(one: Knex): Promise<void> {
  await one.raw('create temp table underway (one integer)');
  const tables: { name: string }[] = await one('sqlite_master').where({ type: 'table' }).select('name');
  for (const { name } of tables.filter((table) => !table.name.startsWith('sqlite_'))) {
    for (const operation of ['insert', 'update', 'delete']) {
      await one.raw(
        `create temp trigger "strays_${name}_${operation}" before ${operation} on main."${name}" ` +
          `when not exists (select 1 from temp.underway) begin select raise(abort, '${words}'); end`,
      );
    }
  }
}

/** The first statement of a transaction, and the last before its end. */
export const underway = { begins: 'insert into temp.underway values (1)', ends: 'delete from temp.underway' };

/** Whether a write was refused because its transaction was gone: another error undid it. */
export function isStray(error: unknown): boolean {
  return error instanceof Error && error.message.includes(words);
}
