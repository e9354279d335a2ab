import type { IsoDate } from '../domain/basics.ts';
import type { AppendInput, AppendResult, Grounds } from '../domain/commit.ts';
import type { ProgramState } from '../domain/state.ts';

/**
 * What workflows ask of the world. All are idempotent; every instant comes from the caller. All fail with `NotSigned`, for good, where no
 * program on a worker asks: anybody who reaches Temporal can ask for an activity.
 */
export interface ProgramActivities {
  /**
   * Compare-and-append, with read tables and outbox in the same transaction. Fails with `NotSigned`, for good, and writes nothing
   * where a record is of a person who did not sign for it.
   */
  append(input: AppendInput): Promise<AppendResult>;
  /** The same, to be tried until it can be done. */
  appendWhenPossible(input: AppendInput): Promise<AppendResult>;
  /** The same, which tries by itself until it can be done. */
  appendPatiently(input: AppendInput): Promise<AppendResult>;
  /** Fails with `NotSigned`, for good, where the signature of what came in does not hold for this program. */
  checkSignature(grounds: Grounds): Promise<void>;
  /** Fails with `NotSigned`, for good, where a state is not that of the register; gives the hash of its last record, where it is known. */
  checkCarry(state: ProgramState): Promise<string | null>;
  /** Public holidays of a country (`US`, `DE-BY`) in the years from `from` to `through`, as `YYYY-MM-DD`, ascending. */
  lookUpHolidays(input: { country: string; from: number; through: number }): Promise<IsoDate[]>;
}
