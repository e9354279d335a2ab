import canonicalize from 'canonicalize';
import type { Knex } from 'knex';
import type { ProgramRecord } from '../domain/registry.ts';
import type { Connection } from './connection.ts';
import { createFiles } from './files.ts';
import { isInstant } from './readable.ts';
import { rebuild } from './rebuild.ts';
import { createRegister } from './register.ts';
import { insert } from './statements.ts';
import { createZones } from './zones.ts';

type Row = Record<string, unknown>;

/** A table that a rebuild writes: what tells its rows apart, and what of them is compared where it is not all. */
interface Derived {
  table: string;
  key: readonly string[];
  columns?: readonly string[];
}

const derived: readonly Derived[] = [
  { table: 'tasks', key: ['id'] },
  { table: 'audits', key: ['id'] },
  { table: 'findings', key: ['id'] },
  { table: 'people', key: ['email'] },
  { table: 'record_names', key: ['name', 'seq'] },
  { table: 'file_uses', key: ['sha256', 'seq'] },
  // A file is uploaded before a record names it: records tell of its erasure alone.
  { table: 'files', key: ['sha256'], columns: ['erased_at', 'erased_by', 'erased_reason'] },
];

const portion = 500;

/**
 * Compares what a program has beside its chain with its records, and changes nothing: the columns of its records with what
 * they hold, the answers kept for its commands, and its read tables with those that a rebuild writes into an empty database.
 *
 * @param trx a snapshot
 * @param scratch an empty database of the same schema, to rebuild in; it is left empty
 * @returns a line for each difference: the table, the row, and what is wrong with it
 * @throws Error when the records cannot be read
 */
export async function differences(trx: Knex, scratch: Connection, programId: string): Promise<string[]> {
  const found = [...(await copyRecords(trx, scratch, programId)), ...(await answersOf(trx, programId))];
  try {
    const database = { register: createRegister(scratch, createZones()), files: createFiles(scratch) };
    await rebuild(database, programId);
    found.push(...(await programDiffers(trx, scratch.reader, programId)));
    for (const one of derived) found.push(...(await rowsDiffer(trx, scratch.reader, programId, one)));
    return found;
  } finally {
    await empty(scratch, programId);
  }
}

/** Gives what the columns of the records say otherwise than the records themselves. */
async function copyRecords(trx: Knex, scratch: Connection, programId: string): Promise<string[]> {
  const found: string[] = [];
  const bare = { id: programId, head_seq: 0, head_hash: '', rehearsal: false, clock_at: '', doc: '{}' };
  await scratch.write((to) => insert(to, 'programs', [bare]));
  for (let after = 0; ; ) {
    const rows: RecordRow[] = await trx('records')
      .where({ program_id: programId })
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(portion)
      .select('program_id', 'seq', 'command_id', 'payload', 'hash');
    if (rows.length > 0) await scratch.write((to) => insert(to, 'records', rows));
    for (const row of rows) found.push(...columnsOf(row));
    if (rows.length < portion) break;
    after = rows.at(-1)!.seq;
  }
  const files: Row[] = await trx('files').where({ program_id: programId });
  const kept = files.map((file) => ({ ...file, erased_at: null, erased_by: null, erased_reason: null }));
  await scratch.write((to) => insert(to, 'files', kept));
  return found;
}

interface RecordRow {
  program_id: string;
  seq: number;
  command_id: string;
  payload: string;
  hash: string;
}

function columnsOf({ program_id, seq, command_id, payload }: RecordRow): string[] {
  const record: ProgramRecord = JSON.parse(payload);
  const columns = [
    ...(record.seq === seq ? [] : [`seq is ${seq}, the record says ${record.seq}`]),
    ...(record.commandId === command_id ? [] : [`command_id is ${command_id}, the record says ${record.commandId}`]),
    ...(record.type !== 'ProgramStarted' || record.data.definition.id === program_id
      ? []
      : [`program_id is ${program_id}, the record begins program ${record.data.definition.id}`]),
  ];
  return columns.map((what) => `records ${seq}: ${what}`);
}

/** An answer that is kept for a key must be of the command that the register has there. */
async function answersOf(trx: Knex, programId: string): Promise<string[]> {
  const rows: { key: string; answer: string }[] = await trx('idempotency_keys')
    .where({ program_id: programId })
    .where('status', '<', 300)
    .whereNotNull('answer')
    .orderBy('key')
    .select('key', 'answer');
  const found: string[] = [];
  for (const { key, answer } of rows) {
    const { body } = JSON.parse(answer) as { body?: { commandId?: string; firstSeq?: number } };
    if (!body?.firstSeq || body.commandId === undefined) continue;
    const row = await trx('records').where({ program_id: programId, seq: body.firstSeq }).first('command_id');
    if (row?.command_id !== body.commandId)
      found.push(`idempotency_keys ${key}: the answer tells of record ${body.firstSeq}, which is not of its command`);
  }
  return found;
}

/** The head is the chain's to compare; the clock of a rehearsal may be ahead of its records. */
async function programDiffers(trx: Knex, scratch: Knex, programId: string): Promise<string[]> {
  const columns = ['rehearsal', 'clock_at', 'phase', 'doc'];
  const [is, was] = await Promise.all(
    [trx, scratch].map((db) => db('programs').where({ id: programId }).first(columns)),
  );
  if (!is) return ['programs: the row is missing'];
  if (was.rehearsal && isInstant(is.clock_at) && is.clock_at > was.clock_at) is.clock_at = was.clock_at;
  return compared('programs', programId, is, was);
}

async function rowsDiffer(
  trx: Knex,
  scratch: Knex,
  programId: string,
  { table, key, columns }: Derived,
): Promise<string[]> {
  const read = async (db: Knex): Promise<Map<string, Row>> => {
    const query = db(table)
      .where({ program_id: programId })
      .orderBy([...key]);
    const rows: Row[] = await (columns ? query.select([...key, ...columns]) : query);
    return new Map(rows.map((row) => [key.map((column) => row[column]).join(' '), row]));
  };
  const [is, was] = await Promise.all([read(trx), read(scratch)]);
  const found: string[] = [];
  for (const [id, row] of is) {
    const right = was.get(id);
    found.push(...(right ? compared(table, id, row, right) : [`${table} ${id}: no record tells of this row`]));
  }
  for (const id of was.keys()) if (!is.has(id)) found.push(`${table} ${id}: the row is missing`);
  return found;
}

function compared(table: string, id: string, is: Row, was: Row): string[] {
  const wrong = Object.keys(was).filter((column) => plain(column, is[column]) !== plain(column, was[column]));
  return wrong.length === 0 ? [] : [`${table} ${id}: ${wrong.join(', ')} not as the records give it`];
}

/** The same for what is the same on both databases, which differ in booleans and large numbers. */
function plain(column: string, value: unknown): string {
  if (column === 'doc') {
    try {
      return canonicalize(JSON.parse(String(value))) ?? '';
    } catch {
      return `not JSON: ${value}`;
    }
  }
  return typeof value === 'boolean' ? String(Number(value)) : String(value ?? null);
}

async function empty(scratch: Connection, programId: string): Promise<void> {
  await scratch.write(async (to) => {
    for (const { table } of derived) await to(table).where({ program_id: programId }).delete();
    await to('file_removals').delete();
    await to('records').where({ program_id: programId }).delete();
    await to('programs').where({ id: programId }).delete();
  });
}
