import type { Knex } from 'knex';
import { forAnswer } from '../domain/answer.ts';
import type { AppendInput, AppendResult } from '../domain/commit.ts';
import { upcast } from '../domain/fold.ts';
import { behindText, registerBehind, replacedText } from '../domain/registerBehind.ts';
import type { ProgramRecord } from '../domain/registry.ts';
import { link } from './chain.ts';
import { noteFiles } from './fileNotes.ts';
import { genesisHash, type Head } from './hashes.ts';
import { queueNotices } from './notices.ts';
import { noteNames } from './recordNames.ts';
import { programRow, writeRows } from './rows.ts';
import { insert, run, together } from './statements.ts';
import { noteTasks } from './taskNotes.ts';
import type { Zones } from './zones.ts';

/** What became of a commit, and where the chain of its program ends now; without an end when nothing was appended. */
export interface Appended {
  result: AppendResult;
  head?: Head;
}

/** The register does not hold what the execution that writes to it recorded. Its name tells it from others behind Temporal. */
export class RegisterBehindError extends Error {
  override readonly name = registerBehind;
}

/**
 * Compare-and-append inside one transaction: records, command id, read tables and outbox together, or nothing.
 * A commit without records writes nothing, whatever else it carries.
 *
 * @param zones where the days of people are counted, for their digests
 * @param remembered where the program's chain ended when this process last appended to it: spares reading it, and is
 * checked while writing
 * @throws RegisterBehindError when the register is behind the caller (it was restored from a backup), or has other records than
 * those that the caller knows (they were changed).
 * @throws Error when the input contradicts itself.
 */
export async function appendCommit(trx: Knex, input: AppendInput, zones: Zones, remembered?: Head): Promise<Appended> {
  checkInput(input);
  if (remembered && isExpected(input, remembered) && input.records.length > 0) {
    const head = await write(trx, input, zones, remembered);
    if (head) return appended(head);
  }
  const head = await lockHead(trx, input);
  await mustHoldExpected(trx, input, head);
  if (head.seq > input.expectedSeq || head.isKnown) return { result: await refuse(trx, input, head) };
  if (input.records.length === 0) return { result: { appended: true, hash: head.hash } };
  // Two first commits of one program: the row that the other one made decides.
  if (!head.exists && !(await createProgram(trx, input))) return appendCommit(trx, input, zones);
  const moved = await write(trx, input, zones, head);
  if (!moved) throw new Error(`Commit to program ${input.programId}: its head moved while it was locked.`);
  return appended(moved);
}

function appended(head: Head): Appended {
  return { result: { appended: true, hash: head.hash }, head };
}

/** Whether the chain ends where the caller expects it to; any hash will do for a caller who knows none. */
function isExpected({ expectedSeq, expectedHash }: AppendInput, { seq, hash }: Head): boolean {
  return seq === expectedSeq && (expectedHash === undefined || hash === expectedHash);
}

/** The records of a command, or undefined when its id is not known. */
export async function recordsOfCommand(
  db: Knex,
  programId: string,
  commandId: string,
): Promise<ProgramRecord[] | undefined> {
  const rows = await db('records')
    .where({ program_id: programId, command_id: commandId })
    .orderBy('seq')
    .select('payload');
  return rows.length > 0 ? rows.map(toRecord) : undefined;
}

/** A record from its stored row, in the shape of this version. */
export function toRecord(row: { payload: string }): ProgramRecord {
  return upcast(JSON.parse(row.payload));
}

function checkInput({ programId, expectedSeq, records, rows }: AppendInput): void {
  const misplaced = records.findIndex((record, index) => record.seq !== expectedSeq + 1 + index);
  if (misplaced >= 0)
    throw new Error(
      `Commit to program ${programId}: record ${misplaced} has number ${records[misplaced]!.seq} instead of ${expectedSeq + 1 + misplaced}.`,
    );
  if (rows.program.id !== programId)
    throw new Error(`Commit to program ${programId}: its rows belong to program ${rows.program.id}.`);
}

/** On PostgreSQL the row lock makes the commits of one program wait for each other; SQLite has one writer anyway. */
async function lockHead(
  trx: Knex,
  { programId, commandId }: AppendInput,
): Promise<Head & { exists: boolean; isKnown: boolean }> {
  const known = trx('records').where({ program_id: programId, command_id: commandId }).limit(1).select('seq');
  const row = await trx('programs')
    .where({ id: programId })
    .forUpdate()
    .first('head_seq as seq', 'head_hash as hash', known.as('known'));
  if (!row) return { seq: 0, hash: genesisHash, exists: false, isKnown: false };
  return { seq: row.seq, hash: row.hash, exists: true, isKnown: row.known !== null };
}

/** The caller's last record must be in the register, and be the one that it was. */
async function mustHoldExpected(trx: Knex, input: AppendInput, head: Head): Promise<void> {
  const { programId, expectedSeq, expectedHash } = input;
  if (head.seq < expectedSeq) throw new RegisterBehindError(behindText(programId, head.seq, expectedSeq));
  if (expectedHash === undefined || isExpected(input, head)) return;
  const row = await trx('records').where({ program_id: programId, seq: expectedSeq }).first('hash');
  const isThere = head.seq > expectedSeq && row?.hash === expectedHash;
  if (!isThere) throw new RegisterBehindError(replacedText(programId, expectedSeq));
}

async function createProgram(trx: Knex, input: AppendInput): Promise<boolean> {
  const row = { id: input.programId, head_seq: 0, head_hash: genesisHash, ...programRow(input.rows.program) };
  const made = await trx('programs').insert(row).onConflict('id').ignore().returning('id');
  return made.length > 0;
}

/** Gives where the chain ends then; nothing is written when it does not end at `head`, or has the command already. */
async function write(trx: Knex, input: AppendInput, zones: Zones, head: Head): Promise<Head | undefined> {
  const { programId, commandId, rows, notices } = input;
  const chain = link(head.hash, input.records);
  const last = chain.at(-1)!;
  if (!(await moveHead(trx, input, head, last))) return undefined;
  const records = chain.map((record) => ({ program_id: programId, command_id: commandId, ...record }));
  await together(trx, [
    () => insert(trx, 'records', records),
    () => writeRows(trx, programId, rows),
    () => queueNotices(trx, rows.program, notices, zones),
    () => noteFiles(trx, programId, input.records),
    () => noteNames(trx, programId, input.records),
  ]);
  await noteTasks(trx, programId, input.records);
  return { seq: last.seq, hash: last.hash };
}

const movingHead = `update programs
  set rehearsal = ?, clock_at = ?, phase = ?, doc = ?, head_seq = ?, head_hash = ?
  where id = ? and head_seq = ? and head_hash = ?
    and not exists (select 1 from records where program_id = ? and command_id = ?)
  returning id`;

/** Compares and moves at once. On PostgreSQL a commit that came first is waited for, and then this one finds no row. */
async function moveHead(
  trx: Knex,
  { programId, commandId, rows }: AppendInput,
  from: Head,
  to: Head,
): Promise<boolean> {
  const { rehearsal, clock_at, phase, doc } = programRow(rows.program);
  const set = [rehearsal, clock_at, phase, doc, to.seq, to.hash];
  const moved = await run(trx, movingHead, [...set, programId, from.seq, from.hash, programId, commandId]);
  return moved.length > 0;
}

async function refuse(
  trx: Knex,
  { programId, expectedSeq, commandId }: AppendInput,
  { seq, hash }: Head,
): Promise<Extract<AppendResult, { appended: false }>> {
  const rows = await trx('records')
    .where({ program_id: programId })
    .where('seq', '>', expectedSeq)
    .orderBy('seq')
    .limit(mostRecordsRead)
    .select('payload');
  const page = rows.slice(0, pageOf(rows));
  const records = page.map(toRecord);
  if (seq > (records.at(-1)?.seq ?? expectedSeq)) return { appended: false, records, known: [], more: true, hash };
  const known = forAnswer((await recordsOfCommand(trx, programId, commandId)) ?? [], mostCharactersRead);
  return { appended: false, records, known, hash };
}

/** What an answer of the register takes at most: Temporal keeps it, and takes two megabytes. A record that is longer goes alone. */
const mostCharactersRead = 200_000;
const mostRecordsRead = 500;

/** How many of some rows go into one answer. */
function pageOf(rows: { payload: string }[]): number {
  let left = mostCharactersRead;
  const tooMany = rows.findIndex(({ payload }) => {
    left -= payload.length;
    return left < 0;
  });
  return tooMany < 0 ? rows.length : Math.max(tooMany, 1);
}
