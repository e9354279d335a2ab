import { createHash } from 'node:crypto';

/** The hash before the first record of every program. */
export const genesisHash = '0'.repeat(64);

/** A record as it is stored: `payload` is the whole record, `hash` ties it to the one before. */
export interface StoredRecord {
  seq: number;
  payload: string;
  hash: string;
}

/** Where a program's chain ends: number and hash of its last record. */
export interface Head {
  seq: number;
  hash: string;
}

/** SHA-256 of a text, as lower-case hexadecimal digits. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/**
 * The hash of a record: SHA-256 over the 64 lower-case hexadecimal digits of the hash before it, followed by the
 * record's canonical JSON (RFC 8785) in UTF-8; written as 64 lower-case hexadecimal digits.
 */
export function hashOf(previousHash: string, payload: string): string {
  return createHash('sha256').update(previousHash).update(payload, 'utf8').digest('hex');
}

/** Why a stored record does not follow the one before; undefined when it does. */
export function breakBetween(last: Head, row: StoredRecord): string | undefined {
  const expected = last.seq + 1;
  if (row.seq !== expected) return `record ${expected} is missing: after record ${last.seq} comes record ${row.seq}`;
  if (row.hash === hashOf(last.hash, row.payload)) return undefined;
  const inside = seqIn(row.payload);
  if (inside !== undefined && inside !== row.seq)
    return `record ${inside} is where record ${row.seq} should be: records were reordered`;
  return `record ${row.seq} was changed: its hash does not follow from its content and the record before it`;
}

function seqIn(payload: string): number | undefined {
  try {
    return (JSON.parse(payload) as { seq?: number }).seq;
  } catch {
    return undefined;
  }
}
