import {
  isGrpcServiceError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import { ActivityFailure, ApplicationFailure, CancelledFailure, WorkflowNotFoundError } from '@temporalio/common';
import type { Rejection } from '../domain/answers.ts';
import { notSigned } from '../domain/notSigned.ts';
import { registerAway, registerBehind } from '../domain/registerBehind.ts';

/**
 * What an error of a call to Temporal means for the caller.
 * - `refused`: the program refused the command; nothing was recorded.
 * - `again`: the call did not get through to the program; the same call with the same id is right.
 * - `notSigned`: the workers do not take the signature of the API; `detail` says what to do.
 * - `behind`: the program can record nothing, for its register is away or an older copy, or it is paused in Temporal; `detail` says what
 *   to do.
 * - `gone`: no run of the program is open, as between two runs, or after the last.
 * - `unreachable`: the service did not answer in time; whether it took the command is not known.
 * - `unexpected`: a defect.
 */
export type Verdict =
  | { kind: 'refused'; rejection: Rejection }
  | { kind: 'behind' | 'notSigned'; detail: string }
  | { kind: 'again' | 'gone' | 'unreachable' | 'unexpected' };

/** gRPC status codes, by the numbers of the specification. */
const grpc = {
  cancelled: 1,
  deadlineExceeded: 4,
  resourceExhausted: 8,
  failedPrecondition: 9,
  aborted: 10,
  unavailable: 14,
};

const pausedText =
  'The program is paused in Temporal itself, and takes nothing until an operator lets it go on there ' +
  '("temporal workflow unpause"). What is asked meanwhile is not recorded.';

/** Says what an error of a call to Temporal means. */
export function judge(error: unknown): Verdict {
  if (error instanceof WorkflowUpdateFailedError) return judgeFailure(error.cause);
  if (error instanceof WorkflowUpdateRPCTimeoutOrCancelledError) return { kind: 'unreachable' };
  if (error instanceof WorkflowNotFoundError) return { kind: 'gone' };
  const service = isGrpcServiceError(error) ? error : causeOf(error);
  return isGrpcServiceError(service) ? judgeCode(service.code, service.details) : { kind: 'unexpected' };
}

function judgeFailure(failure: Error | undefined): Verdict {
  const cause = failure instanceof ActivityFailure ? failure.cause : failure;
  // Somebody cancels the execution: whoever watches begins it anew.
  if (cause instanceof CancelledFailure) return { kind: 'gone' };
  if (!(cause instanceof ApplicationFailure)) return { kind: 'unexpected' };
  if (cause.type === 'Rejected') return { kind: 'refused', rejection: cause.details?.[0] as Rejection };
  if (cause.type === registerBehind || cause.type === registerAway) return { kind: 'behind', detail: cause.message };
  if (cause.type === notSigned) return { kind: 'notSigned', detail: cause.message };
  // The run ended over it. Its id would get this same failure for as long as no other run begins.
  if (cause.type === 'AcceptedUpdateCompletedWorkflow') return { kind: 'gone' };
  // A program that has just been started takes no messages before its start is recorded.
  const early = cause.message.startsWith('No registered handler for update');
  return { kind: early || cause.type === 'UnprocessedUpdate' ? 'again' : 'unexpected' };
}

function judgeCode(code: number, details: string): Verdict {
  switch (code) {
    case grpc.unavailable:
    case grpc.deadlineExceeded:
    case grpc.cancelled:
      return { kind: 'unreachable' };
    case grpc.resourceExhausted:
    case grpc.aborted:
      return { kind: 'again' };
    case grpc.failedPrecondition:
      if (/workflow is paused/i.test(details)) return { kind: 'behind', detail: pausedText };
      // A run that took all the Updates it may is about to continue as new. One whose tasks failed several times, as when
      // its workers were killed one after the other, takes Updates again once a task of it is done; so does one whose task
      // did not count, because another message came while it was about to continue.
      return { kind: /limit|closing|task in failed state|task failure/i.test(details) ? 'again' : 'unexpected' };
    default:
      return { kind: /update was aborted|already completed|please retry/i.test(details) ? 'again' : 'unexpected' };
  }
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}
