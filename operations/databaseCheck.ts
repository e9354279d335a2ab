import { type FaultKind, faultOf } from '../db/faults.ts';
import type { Database } from '../db/types.ts';
import type { Check } from './readiness.ts';

/** Faults that somebody has to end, each in a word. */
const words: Partial<Record<FaultKind, string>> = { readOnly: 'read-only', full: 'full' };

/** Whether the database takes what is written: one that can only be read serves nobody who wants to get something done. */
export function databaseCheck({ mustTakeWrites }: Pick<Database, 'mustTakeWrites'>): Check {
  return {
    name: 'database',
    needed: true,
    async look() {
      try {
        await mustTakeWrites();
        return 'ok';
      } catch (error) {
        const kind = faultOf(error)?.kind;
        return (kind && words[kind]) ?? 'unavailable';
      }
    },
  };
}
