import { ServiceError, WorkflowUpdateFailedError } from '@temporalio/client';
import { ActivityFailure, ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { pino } from 'pino';
import { describe, expect, test } from 'vitest';
import { Problem } from '../../api/problem.ts';
import { judge } from '../../api/temporalErrors.ts';
import { logProblem } from '../../api/unexpected.ts';
import { translated } from '../../api/updates.ts';

/** What the client throws for an answer of the service with a gRPC status. */
function answered(code: number, details: string): Error {
  const cause = Object.assign(new Error(`${code}: ${details}`), { code, details, metadata: {} });
  return new ServiceError('Workflow Update failed', { cause });
}

describe('a call that the service refuses', () => {
  test.each([
    ['too many are under way', 8, 'limit on the number of concurrent in-flight updates has been reached'],
    ['the run took all the Updates it may', 9, 'limit on the total number of updates has been reached'],
    [
      'tasks of the run failed several times',
      9,
      'Unable to perform workflow execution update due to Workflow Task in failed state.',
    ],
    [
      'a signal came as the run was about to continue',
      9,
      'Unable to perform workflow execution update due to unexpected workflow task failure.',
    ],
    ['the service hides what went wrong', 13, 'something went wrong, please retry'],
    ['the run ended meanwhile', 10, 'workflow execution already completed'],
  ])('because %s is tried again', (_why, code, details) => {
    expect(judge(answered(code, details))).toEqual({ kind: 'again' });
  });

  test('because its execution is paused in Temporal says so', () => {
    const paused = judge(answered(9, 'Workflow is paused. Cannot update the workflow.'));
    expect(paused).toEqual({ kind: 'behind', detail: expect.stringContaining('temporal workflow unpause') });
  });

  test('for a reason that we do not know is a defect', () => {
    expect(judge(answered(9, 'something else'))).toEqual({ kind: 'unexpected' });
  });

  test('because it cannot be reached is not tried again', () => {
    expect(judge(answered(14, 'connection refused'))).toEqual({ kind: 'unreachable' });
  });
});

test('an ordinary outage is logged with its reasons in words, and a defect with its stack', async () => {
  const lines: { level: number; because?: string; err?: { stack?: string }; msg: string }[] = [];
  const log = pino({}, { write: (line: string) => void lines.push(JSON.parse(line)) });
  const away = answered(14, 'connection refused');
  const problem = await translated('p1', () => Promise.reject(away)).catch((error: unknown) => error as Problem);
  logProblem({ log }, problem, problem);
  logProblem({ log }, new Problem(500, 'defect', 'Something went wrong on our side.'), new Error('A slip'));
  expect(lines).toMatchObject([
    {
      level: 40,
      because: 'Workflow Update failed: 14: connection refused',
      msg: expect.stringMatching(/did not answer/),
    },
    { level: 50, err: { stack: expect.stringContaining('temporalErrors.test') } },
  ]);
  expect(JSON.stringify(lines[0])).not.toContain('.ts:');
});

describe('an Update that failed', () => {
  test('says why where an activity of the program did', () => {
    const cause = ApplicationFailure.nonRetryable('The message is signed with another key.', 'NotSigned');
    const activity = new ActivityFailure('failed', 'append', '1', 'NON_RETRYABLE_FAILURE', undefined, cause);
    const detail = 'The message is signed with another key.';
    expect(judge(new WorkflowUpdateFailedError('failed', activity))).toEqual({ kind: 'notSigned', detail });
  });

  test('because the execution was cancelled has no run to answer it', () => {
    const cancelled = new CancelledFailure('cancelled');
    const activity = new ActivityFailure('failed', 'append', '1', 'CANCEL_REQUESTED', undefined, cancelled);
    for (const cause of [cancelled, activity])
      expect(judge(new WorkflowUpdateFailedError('failed', cause))).toEqual({ kind: 'gone' });
  });
});
