import { setTimeout as sleep } from 'node:timers/promises';
import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { RegisterBehindError } from '../db/append.ts';
import { type Fault, faultOf, isOutage, outageText, schemaText } from '../db/faults.ts';
import type { Database, Register } from '../db/types.ts';
import type { AppendInput, AppendResult } from '../domain/commit.ts';
import { registerAway, registerRefused } from '../domain/registerBehind.ts';
import type { SigningKeys } from '../signing/keys.ts';
import type { ProgramActivities } from './contract.ts';
import { rememberOrigin } from './origins.ts';
import { mustBeOfProgram, mustBeSigned } from './signatures.ts';

/**
 * The activities that commit to the register what is signed. Both fail for good where the database refuses what is to be written, or
 * nobody signed it. `append` is tried again while the database is away, and ends where the register is not the right one: the program
 * itself says so; then `appendWhenPossible` and `appendPatiently` wait for both.
 */
export function createAppend(
  { register, mustTakeWrites }: Pick<Database, 'register' | 'mustTakeWrites'>,
  keys: SigningKeys,
): Pick<ProgramActivities, 'append' | 'appendWhenPossible' | 'appendPatiently'> {
  const appending = (waitsForNewest: boolean) => async (given: AppendInput) => {
    mustBeOfProgram(given, keys);
    const { signature: _, grounds, ...input } = given;
    mustBeSigned(input.records, grounds, keys);
    try {
      const result = await register.append(input);
      if (result.appended) rememberOrigin(input);
      return result;
    } catch (error) {
      if (error instanceof RegisterBehindError)
        throw ApplicationFailure.create({ type: error.name, message: error.message, nonRetryable: !waitsForNewest });
      return await unlessRecorded(register, input, error as Error);
    }
  };
  const appendWhenPossible = appending(true);
  const isBack = untilBack(mustTakeWrites);
  return {
    append: appending(false),
    async appendWhenPossible(input) {
      try {
        return await appendWhenPossible(input);
      } catch (error) {
        if ((error as ApplicationFailure).type !== registerAway || !(await isBack())) throw error;
        return await appendWhenPossible(input);
      }
    },
    async appendPatiently(input) {
      const context = Context.current();
      for (;;) {
        try {
          return await appendWhenPossible(input);
        } catch (error) {
          if ((error as ApplicationFailure).nonRetryable) throw error;
          context.heartbeat();
          // Ended with its worker, it is tried again by the next.
          await context.sleep(pauseMs).catch(() => {
            throw error;
          });
        }
      }
    },
  };
}

/** Between two attempts of `appendPatiently`. */
const pauseMs = 2_000;

const probeMs = 1_000;

/** How long an attempt of `appendWhenPossible` waits for a database that is away; Temporal gives it 30 seconds. */
const waitMs = 10_000;

/**
 * Waits some seconds for the database to take changes again, and tells whether it does. The next attempt would come only after a pause of
 * Temporal's, which grows: whoever made room on a disk would wait for that. All that wait in this process look together, once a second.
 */
function untilBack(mustTakeWrites: () => Promise<void>): () => Promise<boolean> {
  let looking: Promise<boolean> | undefined;
  const looked = async () => {
    await sleep(probeMs);
    return mustTakeWrites().then(
      () => true,
      () => false,
    );
  };
  return async () => {
    const { cancellationSignal } = Context.current();
    const giveUpAt = Date.now() + waitMs;
    while (Date.now() < giveUpAt && !cancellationSignal.aborted) {
      looking ??= looked().finally(() => {
        looking = undefined;
      });
      if (await looking) return true;
    }
    return false;
  };
}

/**
 * Throws what the error of an append means. Of one that nobody knows it is first found out whether it came after all was
 * written: then the next attempt finds it.
 */
async function unlessRecorded(
  register: Register,
  { programId, commandId, ...input }: AppendInput,
  error: Error,
): Promise<AppendResult> {
  const fault = faultOf(error);
  if (fault && isOutage(fault)) throw away(fault, error);
  // As while it is put back from a backup: it takes what is written once it is whole.
  const lacking = schemaText(error);
  if (lacking) throw ApplicationFailure.create({ type: registerAway, message: lacking, cause: error });
  if (!fault && (await isRecorded(register, programId, commandId)))
    return await register.append({ programId, commandId, ...input });
  const message =
    `The database refuses what this would record (${fault?.reason ?? error.message}). Nothing of it is recorded. It is a ` +
    'defect, of the database or of Certloop: tell an administrator.';
  throw ApplicationFailure.create({ type: registerRefused, message, nonRetryable: true, cause: error });
}

async function isRecorded(register: Register, programId: string, commandId: string): Promise<boolean> {
  try {
    return (await register.command(programId, commandId)) !== undefined;
  } catch (error) {
    const fault = faultOf(error) ?? { kind: 'away', reason: (error as Error).message };
    throw away(fault, error as Error);
  }
}

function away(fault: Fault, cause: Error): ApplicationFailure {
  return ApplicationFailure.create({ type: registerAway, message: outageText(fault), cause });
}
