import type { Register } from '../db/types.ts';
import type { ProgramActivities } from './contract.ts';

/** The activity that commits to the register. */
export function createAppend(register: Register): ProgramActivities['append'] {
  return (input) => register.append(input);
}
