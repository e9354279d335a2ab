import { randomUUID } from 'node:crypto';
import {
  type Client,
  isGrpcCancelledError,
  isGrpcDeadlineError,
  isGrpcServiceError,
  WorkflowNotFoundError,
} from '@temporalio/client';
import { msToTs, tsToDate } from '@temporalio/common/lib/time.js';
import proto from '@temporalio/proto';
import type { Instant } from '../domain/basics.ts';

const { FastForwardPollingResult } = proto.temporal.api.enums.v1;

const notFoundCode = 5;

/** The server's own bound is a few hundred, meant for clocks without a destination; ours always has one. */
const maxSkips = 1_000_000;

export interface AdvanceOptions {
  /** How far to advance, in milliseconds of the program's time. */
  durationMs: number;
  /** How long to wait for it, in milliseconds of our time; five minutes when absent. */
  timeoutMs?: number;
  /** Asked every twenty seconds on the way; throws when there is nobody to wait for. */
  mustBeServed?: () => Promise<unknown>;
}

/** What an execution shows without being asked itself. */
export interface Standing {
  /** Its time as an instant in UTC: its own if its clock was ever advanced, otherwise ours. */
  now: Instant;
  /** Whether it goes on, and waits for nothing but its timer, or for us. */
  isAtRest: boolean;
}

/** The clock did not arrive, because the execution ended or because nothing moves it. */
export class ClockStoppedError extends Error {
  override readonly name = 'ClockStoppedError';
}

/**
 * Advances the clock of one execution chain by exactly a duration, firing every timer on the way, and waits until it
 * is there. Work that fell due at the last moment may still be going on then: send an Update to wait for it.
 *
 * Temporal's client has no typed way to do this yet: the raw calls stand here and nowhere else.
 *
 * @throws RangeError when the duration is not positive.
 * @throws WorkflowNotFoundError when there is no such execution, or it has ended.
 * @throws ClockStoppedError when the execution ends on the way, or the clock is not there in time.
 */
export async function advanceClock(
  client: Client,
  workflowId: string,
  { durationMs, timeoutMs = 5 * 60_000, mustBeServed }: AdvanceOptions,
): Promise<void> {
  if (!(Number.isFinite(durationMs) && durationMs > 0)) {
    throw new RangeError(`A clock can be advanced by a positive number of milliseconds only, not by ${durationMs}.`);
  }
  const fastForwardId = randomUUID();
  await startFastForward(client, workflowId, { id: fastForwardId, duration: msToTs(durationMs) });
  const deadline = Date.now() + timeoutMs;
  while (!(await hasArrived(client, workflowId, fastForwardId, deadline))) {
    if (Date.now() >= deadline) {
      const clock = await clockOf(client, workflowId);
      throw new ClockStoppedError(
        `The clock of ${workflowId} was not advanced by ${durationMs} ms within ${timeoutMs} ms and stands at ${clock}: ` +
          'check that a worker runs.',
      );
    }
    await mustBeServed?.();
  }
}

/**
 * How an execution stands.
 *
 * @throws WorkflowNotFoundError when there is no such execution.
 */
export async function standingOf(client: Client, workflowId: string): Promise<Standing> {
  const { raw, status } = await client.workflow.getHandle(workflowId).describe();
  const currentTime = raw.workflowExtendedInfo?.timeSkippingInfo?.currentTime;
  return {
    // The language types an instant as any text.
    now: (currentTime ? tsToDate(currentTime) : new Date()).toISOString() as Instant,
    isAtRest: status.name === 'RUNNING' && !raw.pendingWorkflowTask,
  };
}

/** The time of an execution. Throws as `standingOf`. */
export async function clockOf(client: Client, workflowId: string): Promise<Instant> {
  return (await standingOf(client, workflowId)).now;
}

async function startFastForward(
  client: Client,
  workflowId: string,
  fastForwardConfig: { id: string; duration: ReturnType<typeof msToTs> },
): Promise<void> {
  try {
    await client.workflowService.updateWorkflowExecutionOptions({
      namespace: client.options.namespace,
      workflowExecution: { workflowId },
      workflowExecutionOptions: {
        timeSkippingConfig: { enabled: true, maxSessionSkipCount: maxSkips, fastForwardConfig },
      },
      updateMask: { paths: ['time_skipping_config'] },
    });
  } catch (error) {
    if (!isGrpcServiceError(error) || error.code !== notFoundCode) throw error;
    throw new WorkflowNotFoundError(`${workflowId}: ${error.details}`, workflowId, undefined);
  }
}

/** Waits for the destination; the service answers after twenty seconds at most. */
async function hasArrived(client: Client, workflowId: string, fastForwardId: string, deadline: number) {
  const request = { namespace: client.options.namespace, workflowExecution: { workflowId }, fastForwardId };
  try {
    const answer = await client.connection.withDeadline(deadline, () =>
      client.workflowService.pollWorkflowExecutionTimeSkipping(request),
    );
    const { fastForwardPollingResult: result, failedReason } = answer;
    if (result === FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_FAILED) {
      throw new ClockStoppedError(`The clock of ${workflowId} could not be advanced: ${failedReason}.`);
    }
    return result === FastForwardPollingResult.FAST_FORWARD_POLLING_RESULT_FAST_FORWARD_COMPLETED;
  } catch (error) {
    // The end of our patience reaches the service first at times, and comes back as a cancellation.
    if (isGrpcDeadlineError(error) || (isGrpcCancelledError(error) && Date.now() >= deadline)) return false;
    throw error;
  }
}
