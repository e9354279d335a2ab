import type { Database } from '../db/types.ts';
import type { SigningKeys } from '../signing/keys.ts';
import { createAppend } from './append.ts';
import { createCheckCarry } from './carry.ts';
import type { ProgramActivities } from './contract.ts';
import { lookUpHolidays } from './holidays.ts';
import { createCheckSignature, mustBeLocal } from './signatures.ts';

/** Everything that programs ask of the world, on one database, with the keys that commands are signed with. */
export function createActivities(database: Database, keys: SigningKeys): ProgramActivities {
  return {
    ...createAppend(database, keys),
    checkSignature: createCheckSignature(keys),
    checkCarry: createCheckCarry(database),
    async lookUpHolidays(wanted) {
      mustBeLocal();
      return lookUpHolidays(wanted);
    },
  };
}
