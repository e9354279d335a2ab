import type { Instant } from './basics.ts';
import type { Notice } from './notices.ts';
import type { ProgramRecord } from './registry.ts';
import type { Rows } from './views.ts';

/** What records of people rest on, as it came in: the signed envelope of their command, or what the program was started with. */
export type Grounds = { envelope: unknown } | { start: unknown };

/** One commit: appended only if the program's head is `expectedSeq` and the command id is new. */
export interface AppendInput {
  programId: string;
  expectedSeq: number;
  /**
   * The hash of record `expectedSeq` as it was given when that was appended: a register in which it is another was changed. Absent
   * where it is not known, as before the first record.
   */
  expectedHash?: string | undefined;
  commandId: string;
  /** The records to append; `records[0].seq` is `expectedSeq + 1`. */
  records: ProgramRecord[];
  rows: Rows;
  notices: Notice[];
  grounds?: Grounds;
  /** The earliest moment that the records act on, when it passed before they were decided. */
  dueAt?: Instant;
  /** A worker's, over all of it, where it comes through Temporal. */
  signature?: string;
}

/**
 * What a commit answers. When nothing was appended: the records after `expectedSeq` (none when the head is `expectedSeq`, that is when
 * the command id is known) as far as they fit into one answer, `more` where they do not, and with the last of them what tells of
 * this command id where it is known. `hash` is that of the last
 * record of the program then; what versions before it answered has none.
 */
export type AppendResult = { hash?: string } & (
  | { appended: true }
  | { appended: false; records: ProgramRecord[]; known: ProgramRecord[]; more?: true }
);
