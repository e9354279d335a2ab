import { ApplicationFailure } from '@temporalio/common';
import { RegisterBehindError } from '../db/append.ts';
import type { Register } from '../db/types.ts';
import type { ProgramActivities } from './contract.ts';

/**
 * The activity that commits to the register. Temporal tries it again until it succeeds, except where the register ends
 * before the execution: then the program itself waits, and can say why.
 */
export function createAppend(register: Register): ProgramActivities['append'] {
  return async (input) => {
    try {
      return await register.append(input);
    } catch (error) {
      if (!(error instanceof RegisterBehindError)) throw error;
      throw ApplicationFailure.create({ type: error.name, message: error.message, nonRetryable: true });
    }
  };
}
