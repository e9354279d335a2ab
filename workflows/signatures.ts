import { ApplicationFailure, patched, proxyLocalActivities, workflowInfo } from '@temporalio/workflow';
import type { ProgramActivities } from '../activities/contract.ts';
import { notSigned } from '../domain/notSigned.ts';
import { flawText } from '../signing/flaws.ts';
import { type ProgramCarry, runLength } from './messages.ts';
import { flawOfArgument } from './payloads.ts';

const { checkSignature, checkCarry } = proxyLocalActivities<Pick<ProgramActivities, 'checkSignature' | 'checkCarry'>>({
  startToCloseTimeout: '30s',
  retry: { initialInterval: '200ms', maximumInterval: '10s' },
});

/**
 * Refuses an Update that nobody signed. For validators alone, which are not asked again when the history is replayed: by then the
 * key may be gone.
 *
 * @throws ApplicationFailure of type `NotSigned`
 */
export function mustBeSignedNow(envelope: unknown): void {
  const flaw = flawOfArgument(envelope);
  if (flaw) throw failure(flaw);
}

/**
 * Refuses a message that nobody signed. The verdict is in the history: at a replay it is the same, whatever became of the key.
 *
 * @throws ApplicationFailure of type `NotSigned`
 */
export async function mustBeSigned(envelope: unknown): Promise<void> {
  if (!patched('signed-messages')) return;
  const signature = (envelope as { signature?: unknown } | null | undefined)?.signature;
  if (typeof signature !== 'string') throw failure(flawText({ flaw: 'unsigned' }));
  await checkSignature({ envelope });
}

/**
 * Refuses a state that nobody signed, as `certloop restore` does. The verdict is in the history.
 *
 * @throws ApplicationFailure of type `NotSigned`
 */
export async function mustBeSignedStart(carry: ProgramCarry): Promise<void> {
  if (patched('signed-starts')) await checkSignature({ start: carry });
}

/**
 * Refuses a start that nobody signed, or that is none. What was taken once is not looked at again, as at a replay: by then the key may be
 * gone.
 *
 * @throws ApplicationFailure of type `NotSigned`
 */
export function mustBeSignedAtFirst(start: unknown): void {
  if (!workflowInfo().unsafe.isReplaying) mustBeSignedNow(start);
}

/**
 * Whether a state that a run handed on is not signed by a worker: by one of a version before that, with a key that was taken out
 * since, or by nobody, for anybody who reaches Temporal can have a run of their own go on as a program. The verdict is in the history.
 */
export function isDoubted(carry: ProgramCarry): boolean {
  const mayBe = workflowInfo().unsafe.isReplaying || flawOfArgument(carry) !== undefined;
  return mayBe && patched('doubts-what-is-handed-on');
}

/**
 * What is left of a state that is doubted: what the register has, too. The run fails where it has another, and the program is begun anew
 * from the register.
 *
 * @throws ApplicationFailure of type `NotSigned`
 */
export async function asRegistered({ state }: ProgramCarry): Promise<ProgramCarry> {
  const headHash = (await checkCarry(state)) ?? undefined;
  return { state, headHash, known: {}, runLength };
}

/**
 * Whether the run before handed on what this one begins with. A run that Temporal began anew by itself, by a schedule or after a
 * failure, has one before it too, and begins with what anybody gave.
 */
export function isContinued(): boolean {
  const { continuedFromExecutionRunId, cronSchedule, attempt } = workflowInfo();
  return continuedFromExecutionRunId !== undefined && !cronSchedule && attempt === 1;
}

/** The code by which what nobody signed is refused. */
export const unsignedCode = 'unsigned';

export function isNotSigned(error: unknown): error is ApplicationFailure {
  return error instanceof ApplicationFailure && error.type === notSigned;
}

function failure(message: string): ApplicationFailure {
  return ApplicationFailure.create({ type: notSigned, message, nonRetryable: true });
}
