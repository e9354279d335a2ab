import type { Knex } from 'knex';

/** Programs read at once. */
const portion = 500;

/** The phase of a program beside its document, so that one statement counts programs by phase. */
export async function up(db: Knex): Promise<void> {
  await db.schema.alterTable('programs', (t) => {
    t.text('phase');
  });
  await fill(db);
}

export async function down(db: Knex): Promise<void> {
  await db.schema.alterTable('programs', (t) => {
    t.dropColumn('phase');
  });
}

/** Read here, not by the database: PostgreSQL refuses whole documents for characters that JSON allows. */
async function fill(db: Knex): Promise<void> {
  for (let after = ''; ; ) {
    const rows: { id: string; doc: string }[] = await db('programs')
      .where('id', '>', after)
      .orderBy('id')
      .limit(portion)
      .select('id', 'doc');
    for (const { id, doc } of rows)
      await db('programs')
        .where({ id })
        .update({ phase: JSON.parse(doc).phase });
    if (rows.length < portion) return;
    after = rows.at(-1)!.id;
  }
}
