import type { Database } from '../db/types.ts';
import { createAppend } from './append.ts';
import type { ProgramActivities } from './contract.ts';
import { lookUpHolidays } from './holidays.ts';

/** Everything that programs ask of the world, on one database. */
export function createActivities(database: Database): ProgramActivities {
  return { append: createAppend(database.register), lookUpHolidays };
}
