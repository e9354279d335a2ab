import type { Notice } from './notices.ts';
import type { ProgramRecord } from './registry.ts';
import type { Rows } from './views.ts';

/** One commit: appended only if the program's head is `expectedSeq` and the command id is new. */
export interface AppendInput {
  programId: string;
  expectedSeq: number;
  commandId: string;
  /** The records to append; `records[0].seq` is `expectedSeq + 1`. */
  records: ProgramRecord[];
  rows: Rows;
  notices: Notice[];
}

/**
 * What a commit answers. When nothing was appended: every record after `expectedSeq` (empty when the head is
 * `expectedSeq`, that is when the command id is known), and the records of this command id where it is known.
 */
export type AppendResult = { appended: true } | { appended: false; records: ProgramRecord[]; known: ProgramRecord[] };
