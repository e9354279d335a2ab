import type { Knex } from 'knex';

/** Programs read at once. */
const portion = 200;

/** The last day of its certificate in a program's document, so that lists are sorted by it without its records. */
export async function up(db: Knex): Promise<void> {
  for (let after = ''; ; ) {
    const rows: { id: string; doc: string }[] = await db('programs')
      .where('id', '>', after)
      .orderBy('id')
      .limit(portion)
      .select('id', 'doc');
    for (const { id, doc } of rows) await fill(db, id, JSON.parse(doc));
    if (rows.length < portion) return;
    after = rows.at(-1)!.id;
  }
}

export async function down(db: Knex): Promise<void> {
  const rows: { id: string; doc: string }[] = await db('programs').select('id', 'doc');
  for (const { id, doc } of rows) {
    const { certificateLastDay: _, ...program } = JSON.parse(doc);
    await db('programs')
      .where({ id })
      .update({ doc: JSON.stringify(program) });
  }
}

async function fill(db: Knex, id: string, program: { certificateStatus: string }): Promise<void> {
  if (program.certificateStatus === 'none') return;
  const { certificateStatus, ...rest } = program;
  const certificateLastDay = await lastDayIn(db, id);
  if (certificateLastDay === undefined) return;
  await db('programs')
    .where({ id })
    .update({ doc: JSON.stringify({ ...rest, certificateStatus, certificateLastDay }) });
}

/** The last day that the last certificate of a program was given: issued, renewed, restored, or taken over. */
async function lastDayIn(db: Knex, programId: string): Promise<string | undefined> {
  const rows: { payload: string }[] = await db('records')
    .where({ program_id: programId })
    .where('payload', 'like', '%"lastDay":"%')
    .orderBy('seq', 'desc')
    .select('payload');
  for (const { payload } of rows) {
    const { data } = JSON.parse(payload);
    const lastDay = data.certificate?.lastDay;
    if (typeof lastDay === 'string') return lastDay;
  }
  return undefined;
}
