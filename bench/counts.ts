import knex from 'knex';

/** What the database of an installation holds by now, counted from outside. */
export interface Counts {
  /** Records of all programs. */
  records(): Promise<number>;
  /** Records that say that somebody was reminded of a task. */
  reminders(): Promise<number>;
  /** Rows that bare workflows wrote. */
  bareRows(): Promise<number>;
  /** Of mails that tell of reminders, each counted once: how many were sent, and how many reminders they tell of. */
  digests(): Promise<{ sent: number; items: number }>;
  stop(): Promise<void>;
}

/** Opens a SQLite file for counting only; nobody who writes has to wait for that. */
export function openCounts(filename: string): Counts {
  const db = knex({ client: 'sqlite3', connection: { filename }, useNullAsDefault: true, pool: { min: 0, max: 1 } });
  const number = async (sql: string): Promise<number> => Number((await db.raw(sql))[0].n ?? 0);
  const reminderItems = "from mail_items where doc ->> '$.kind' = 'taskReminder'";
  return {
    // The heads tell it: to count the records themselves would take a core while we measure.
    records: () => number('select sum(head_seq) as n from programs'),
    reminders: () => number("select count(*) as n from records where payload ->> '$.type' = 'TaskReminded'"),
    bareRows: () => number('select count(*) as n from bench_rows'),
    digests: async () => ({
      sent: await number(
        `select count(*) as n from mails where status = 'sent' and id in (select mail_id ${reminderItems})`,
      ),
      items: await number(`select count(*) as n ${reminderItems}`),
    }),
    stop: () => db.destroy(),
  };
}
