import type { Notice, ProgramRecord } from '../domain/types/index.ts';
import type { Rows } from '../domain/views.ts';

/** The rows of the read tables that a commit changed: each is written over the one of the same key. */
export type ReadRows = Rows;

/** One commit: appended only if the program's head is `expectedSeq` and the command id is new. */
export interface AppendInput {
  programId: string;
  expectedSeq: number;
  commandId: string;
  /** The records to append; `records[0].seq` is `expectedSeq + 1`. */
  records: ProgramRecord[];
  rows: ReadRows;
  notices: Notice[];
}

/**
 * What a commit answers. When nothing was appended: every record after `expectedSeq` (empty when the head is
 * `expectedSeq`, that is when the command id is known), and the records of this command id where it is known.
 */
export type AppendResult = { appended: true } | { appended: false; records: ProgramRecord[]; known: ProgramRecord[] };

/** What workflows ask of the world. All are idempotent; every instant comes from the caller. */
export interface ProgramActivities {
  /** Compare-and-append, with read tables and outbox in the same transaction. */
  append(input: AppendInput): Promise<AppendResult>;
  /** Public holidays of a country (`US`, `DE-BY`) in the years from `from` to `through`, as `YYYY-MM-DD`, ascending. */
  lookUpHolidays(input: { country: string; from: number; through: number }): Promise<string[]>;
}
