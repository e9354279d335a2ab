import type { Knex } from 'knex';
import { namesIn } from '../domain/registry/names.ts';
import type { ProgramRecord } from '../domain/registry.ts';
import { isPostgres, run } from './statements.ts';

/** Records read at once. */
const portion = 500;

/** What a record is found by: one text for any number of names, so that its statement is compiled once. */
const noting = {
  sqlite: `insert into record_names (program_id, name, seq)
    select ?, json_extract(value, '$[0]'), json_extract(value, '$[1]') from json_each(?)`,
  postgres: `insert into record_names (program_id, name, seq)
    select ?, value ->> 0, (value ->> 1)::integer from json_array_elements(?::json)`,
};

/** Notes under which names records are found again, in the transaction that appends them. */
export async function noteNames(trx: Knex, programId: string, records: readonly Named[]): Promise<void> {
  const names = records.flatMap((record) => namesIn(record).map((name) => [name, record.seq]));
  if (names.length === 0) return;
  await run(trx, isPostgres(trx) ? noting.postgres : noting.sqlite, [programId, JSON.stringify(names)]);
}

/** Notes the names of all records of a program anew. One that cannot be read has none: `certloop verify` tells of it. */
export async function renewNames(trx: Knex, programId: string): Promise<void> {
  await trx('record_names').where({ program_id: programId }).delete();
  for (let after = 0; ; ) {
    const rows: { seq: number; payload: string }[] = await trx('records')
      .where({ program_id: programId })
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(portion)
      .select('seq', 'payload');
    await noteNames(trx, programId, rows.flatMap(readable));
    if (rows.length < portion) return;
    after = rows.at(-1)!.seq;
  }
}

type Named = Pick<ProgramRecord, 'seq' | 'type' | 'actor' | 'data'>;

function readable({ seq, payload }: { seq: number; payload: string }): Named[] {
  try {
    const { type, actor, data }: ProgramRecord = JSON.parse(payload);
    // The union ties data to its type; a record that was read is of some type.
    return [{ seq, type, actor, data } as Named];
  } catch {
    return [];
  }
}
