import type { Client } from '@temporalio/client';
import { WorkflowNotFoundError } from '@temporalio/common';
import { type Instant, phases } from '../../domain/basics.ts';
import { aheadStatus, statusAttributeName, workflowIdOf } from '../../workflows/messages.ts';

/** At most what the service gives at once. */
const pageSize = 1_000;
const prefix = workflowIdOf('');

/** An execution that goes on, as the service's list has it. */
export interface Running {
  runId: string;
  /** What its workflow tasks fail of, again and again. */
  problems?: string;
  /** It said that its register ends before it does. */
  isAhead: boolean;
  isPaused: boolean;
  /** Why it is none of ours, although it has the id of a program; see `strangerIn`. */
  stranger?: string;
}

/** What the service tells of every execution. */
interface Told {
  type?: { name?: string | null } | null;
  taskQueue?: string | null;
  startTime?: { seconds?: unknown } | null;
  executionTime?: { seconds?: unknown } | null;
}

/** How an execution ended that should go on; `missing` when the service knows none. */
export type Ended = 'cancelled' | 'terminated' | 'failed' | 'timedOut' | 'completed' | 'missing';

/** A run of ours begins at once, or a moment after the one before it; longer than so many milliseconds none waits. */
const mostDelayMs = 60_000;

/**
 * What an execution is that has the id of a program and is no run of one, in words; undefined when it looks like one of ours. Whoever
 * reaches Temporal can start anything under that id once the program's own run was ended, and nobody would work on it.
 */
function strangerIn({ type, taskQueue, startTime, executionTime }: Told, queue: string): string | undefined {
  if (!phases.some((phase) => phase === type?.name)) return `a workflow of type "${type?.name}".`;
  if (taskQueue !== queue) return `a workflow on the task queue "${taskQueue}".`;
  // Both by the clock of the program, which may have been moved.
  const [startedAt, beginsAt] = [startTime, executionTime].map((time) => Number(time?.seconds ?? 0) * 1_000);
  return beginsAt! > startedAt! + mostDelayMs
    ? `a workflow that begins at ${new Date(beginsAt!).toISOString()}.`
    : undefined;
}

/** Every program of which an execution goes on, by its id: a call for each thousand. */
export async function runningPrograms(client: Client, queue: string): Promise<Map<string, Running>> {
  const running = new Map<string, Running>();
  const query = `WorkflowId STARTS_WITH "${prefix}" AND ExecutionStatus IN ("Running", "Paused")`;
  for await (const info of listed(client, query)) {
    const { execution, status, searchAttributes } = info;
    const stranger = strangerIn(info, queue);
    const attribute = (name: string) => decoded(searchAttributes?.indexedFields?.[name]);
    const problems = attribute('TemporalReportedProblems');
    running.set(execution!.workflowId!.slice(prefix.length), {
      runId: execution!.runId!,
      ...(Array.isArray(problems) && problems.length > 0 && { problems: problems.join(', ') }),
      isAhead: attribute(statusAttributeName) === aheadStatus,
      isPaused: Number(status) === pausedStatus,
      ...(stranger && { stranger }),
    });
  }
  return running;
}

/**
 * The programs of which a run was ended since a moment, otherwise than by the next one. A reset ends the run before, where that had not
 * ended already.
 */
export async function endedSince(client: Client, since: Instant): Promise<Set<string>> {
  const ended = '"Terminated", "Canceled", "Failed", "TimedOut", "Completed"';
  const query = `WorkflowId STARTS_WITH "${prefix}" AND ExecutionStatus IN (${ended}) AND CloseTime > "${since}"`;
  const ids = new Set<string>();
  for await (const { execution } of listed(client, query)) ids.add(execution!.workflowId!.slice(prefix.length));
  return ids;
}

/** How the last run of a program stands, from the service itself and not from its list, which may be a moment late. */
export async function standingOf(
  client: Client,
  programId: string,
  queue: string,
): Promise<{ is: Ended | 'running'; runId?: string; isReset: boolean; stranger?: string }> {
  try {
    const { raw, status, runId } = await client.workflow.getHandle(workflowIdOf(programId)).describe();
    const isReset = Number(raw.workflowExtendedInfo?.lastResetTime?.seconds ?? 0) > 0;
    const is = endings[status.name] ?? 'running';
    const stranger = is === 'running' ? strangerIn(raw.workflowExecutionInfo ?? {}, queue) : undefined;
    return { is, runId, isReset, ...(stranger && { stranger }) };
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return { is: 'missing', isReset: false };
    throw error;
  }
}

/** Why the last run of a program ended, as whoever ended it said; empty when nobody did. */
export async function reasonOfEnd(client: Client, programId: string, runId: string | undefined): Promise<string> {
  const { history } = await client.workflowService.getWorkflowExecutionHistoryReverse({
    namespace: client.options.namespace,
    execution: { workflowId: workflowIdOf(programId), runId: runId ?? '' },
    maximumPageSize: 1,
  });
  const last = history?.events?.[0];
  return (
    last?.workflowExecutionTerminatedEventAttributes?.reason ??
    last?.workflowExecutionFailedEventAttributes?.failure?.message ??
    ''
  );
}

const endings: Record<string, Ended | undefined> = {
  CANCELLED: 'cancelled',
  TERMINATED: 'terminated',
  FAILED: 'failed',
  TIMED_OUT: 'timedOut',
  COMPLETED: 'completed',
};

/** `WORKFLOW_EXECUTION_STATUS_PAUSED`, which the client has no name for yet. */
const pausedStatus = 8;

async function* listed(client: Client, query: string) {
  const { namespace } = client.options;
  for (let nextPageToken: Uint8Array | undefined; ; ) {
    const page = await client.workflowService.listWorkflowExecutions({ namespace, query, pageSize, nextPageToken });
    yield* page.executions ?? [];
    if (!page.nextPageToken?.length) return;
    nextPageToken = page.nextPageToken;
  }
}

function decoded(payload: { data?: Uint8Array | null } | undefined): unknown {
  return payload?.data?.length ? JSON.parse(Buffer.from(payload.data).toString()) : undefined;
}
