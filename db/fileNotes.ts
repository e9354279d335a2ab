import type { Knex } from 'knex';
import { filesOf } from '../domain/evidence/carried.ts';
import type { ProgramRecord } from '../domain/registry.ts';
import { insert, isPostgres } from './statements.ts';

/**
 * Notes what records say of files, in the transaction that appends them: which files they name, and which were erased. A file
 * that no program has any more is then to be removed from where it is kept.
 */
export async function noteFiles(trx: Knex, programId: string, records: readonly ProgramRecord[]): Promise<void> {
  const uses = records.flatMap((record) => usesIn(programId, record));
  await insert(trx, 'file_uses', uses, ['program_id', 'sha256', 'seq']);
  for (const record of records) {
    if (record.type !== 'FileErased') continue;
    const { sha256, reason } = record.data;
    const erased = { erased_at: record.at, erased_by: record.actor, erased_reason: reason };
    await trx('files').where({ program_id: programId, sha256 }).whereNull('erased_at').update(erased);
    await removeUnlessKept(trx, sha256);
  }
}

/** Has a file removed, unless a program has it. */
export async function removeUnlessKept(trx: Knex, sha256: string): Promise<void> {
  await alone(trx, sha256);
  if (await trx('files').where({ sha256 }).whereNull('erased_at').first('sha256')) return;
  await trx('file_removals').insert({ sha256 }).onConflict('sha256').ignore();
}

/**
 * Lets nobody else add or remove the same file until the end of the transaction: on PostgreSQL, for one of them would not see
 * what the other does. SQLite has one writer anyway.
 */
export async function alone(trx: Knex, sha256: string): Promise<void> {
  if (isPostgres(trx)) await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [sha256]);
}

function usesIn(programId: string, record: ProgramRecord) {
  const { taskId = null } = record.data as { taskId?: string };
  const hashes = new Set(filesOf(record).map(({ sha256 }) => sha256));
  return [...hashes].map((sha256) => ({
    program_id: programId,
    sha256,
    seq: record.seq,
    record: record.type,
    task_id: taskId,
  }));
}
