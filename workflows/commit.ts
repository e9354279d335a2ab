import {
  ActivityFailure,
  ApplicationFailure,
  patched,
  proxyActivities,
  proxyLocalActivities,
} from '@temporalio/workflow';
import type { ProgramActivities } from '../activities/contract.ts';
import type { Rejection } from '../domain/answers.ts';
import type { AppendInput, AppendResult } from '../domain/commit.ts';
import { registerAway, registerBehind, registerRefused } from '../domain/registerBehind.ts';
import { byWorker } from '../signing/flaws.ts';

/** Tried for some seconds within the workflow task, of which the service hears now and then meanwhile. */
const { append } = proxyLocalActivities<ProgramActivities>({
  startToCloseTimeout: '30s',
  scheduleToCloseTimeout: '10s',
  retry: { initialInterval: '200ms', maximumInterval: '2s', maximumAttempts: 5 },
});

/** Each attempt waits some seconds for the database by itself, so that they are few however short the pauses. */
const retry = { initialInterval: '1s', maximumInterval: '5s' };

/** Tried by the service, for as long as it takes: no attempt leaves an event. */
const { appendWhenPossible } = proxyActivities<ProgramActivities>({ startToCloseTimeout: '30s', retry });

/**
 * Tried by the worker. Temporal would skip the pauses between attempts of its own while the clock of a rehearsal is advanced, and
 * the clock would run through the outage.
 */
const rehearsed = proxyActivities<ProgramActivities>({ startToCloseTimeout: '1d', heartbeatTimeout: '30s', retry });

/** Takes why nothing can be recorded while that is waited for, and undefined when it is over. */
export type TellAway = (why: string | undefined, isBehind: boolean) => void;

/**
 * Appends to the register, however long it is away or not the right one.
 *
 * @throws ApplicationFailure of type `RegisterRefused` when the database refuses what is to be written
 */
export async function appendOrRead(input: AppendInput, tell: TellAway): Promise<AppendResult> {
  try {
    return await append(input);
  } catch (error) {
    if (refusedByRegister(error)) throw error;
    // A run that was waiting in the way of before goes on with it.
    const failure = failureOf(error);
    const isBehind = failure?.type === registerBehind;
    if (isBehind && !patched('waits-outside-its-tasks')) throw error;
    tell(failure?.message ?? 'The register did not answer in time.', isBehind);
    try {
      // Anybody who reaches Temporal could ask for it: the worker signs that it was asked for here.
      const signed = { ...input, signature: byWorker };
      return await (input.rows.program.rehearsal ? rehearsed.appendPatiently(signed) : appendWhenPossible(signed));
    } finally {
      tell(undefined, false);
    }
  }
}

/** The refusal of a command, or a step, whose records the database does not take; undefined for every other error. */
export function refusedByRegister(error: unknown): Rejection | undefined {
  const failure = failureOf(error);
  return failure?.type === registerRefused ? { kind: 'conflict', code: 'storage', detail: failure.message } : undefined;
}

/** What stops an update at the door while nothing can be recorded. */
export function awayFailure(why: string): ApplicationFailure {
  return ApplicationFailure.create({ type: registerAway, message: why, nonRetryable: true });
}

/** What an activity threw: it comes as it was thrown, or as the cause of a failure that tells of the activity. */
export function failureOf(error: unknown): ApplicationFailure | undefined {
  const thrown = error instanceof ActivityFailure ? error.cause : error;
  return thrown instanceof ApplicationFailure ? thrown : undefined;
}
