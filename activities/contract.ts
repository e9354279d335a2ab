import type { IsoDate } from '../domain/basics.ts';
import type { AppendInput, AppendResult } from '../domain/commit.ts';

/** What workflows ask of the world. All are idempotent; every instant comes from the caller. */
export interface ProgramActivities {
  /** Compare-and-append, with read tables and outbox in the same transaction. */
  append(input: AppendInput): Promise<AppendResult>;
  /** Public holidays of a country (`US`, `DE-BY`) in the years from `from` to `through`, as `YYYY-MM-DD`, ascending. */
  lookUpHolidays(input: { country: string; from: number; through: number }): Promise<IsoDate[]>;
}
