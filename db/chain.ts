import canonicalize from 'canonicalize';
import type { Knex } from 'knex';
import type { ProgramRecord } from '../domain/registry.ts';
import { breakBetween, genesisHash, type Head, hashOf, type StoredRecord } from './hashes.ts';
import type { VerifyResult } from './types.ts';

/**
 * Ties records to the chain that ends with `previousHash`.
 *
 * @throws Error when a record cannot be written as canonical JSON (half of a surrogate pair in a text).
 */
export function link(previousHash: string, records: readonly ProgramRecord[]): StoredRecord[] {
  let hash = previousHash;
  return records.map((record) => {
    const payload = canonicalJson(record);
    hash = hashOf(hash, payload);
    return { seq: record.seq, payload, hash };
  });
}

/**
 * Walks a program's chain from its first record to its head, and says where it breaks first. Run it on a snapshot:
 * otherwise a record that is appended meanwhile looks like one too many.
 */
export async function verifyChain(trx: Knex, programId: string): Promise<VerifyResult> {
  const head = await trx('programs').where({ id: programId }).first('head_seq as seq', 'head_hash as hash');
  let last: Head = { seq: 0, hash: genesisHash };
  for (;;) {
    const rows = await nextRows(trx, programId, last.seq);
    if (rows.length === 0) break;
    for (const row of rows) {
      const reason = breakBetween(last, row);
      if (reason) return broken(programId, last.seq, last.seq + 1, reason);
      last = row;
    }
  }
  const reason = breakAtHead(head, last);
  return reason ? broken(programId, last.seq, last.seq + 1, reason) : { programId, ok: true, records: last.seq };
}

const batchSize = 500;

function nextRows(trx: Knex, programId: string, after: number): Promise<StoredRecord[]> {
  return trx('records')
    .where({ program_id: programId })
    .where('seq', '>', after)
    .orderBy('seq')
    .limit(batchSize)
    .select('seq', 'payload', 'hash');
}

function breakAtHead(head: Head | undefined, last: Head): string | undefined {
  if (!head) return last.seq === 0 ? 'the register has no such program' : 'the head of the program is missing';
  if (head.seq > last.seq) return `record ${last.seq + 1} is missing: the last records up to ${head.seq} were removed`;
  if (head.seq < last.seq) return `the head of the program is at ${head.seq}, but there are records up to ${last.seq}`;
  if (head.hash !== last.hash) return `the hash of record ${last.seq} is not the one that the head of the program has`;
  return undefined;
}

function broken(programId: string, records: number, seq: number, reason: string): VerifyResult {
  return { programId, ok: false, records, brokenAt: { seq, reason } };
}

function canonicalJson(record: ProgramRecord): string {
  try {
    return canonicalize(record)!;
  } catch (error) {
    throw new Error(`Record ${record.seq} (${record.type}) cannot be written as JSON: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}
