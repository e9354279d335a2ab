import type { Client } from '@temporalio/client';
import proto, { type temporal } from '@temporalio/proto';
import { upOf } from './databaseGauges.ts';
import type { Metrics } from './metrics.ts';
import type { Check } from './readiness.ts';

const { TaskQueueType } = proto.temporal.api.enums.v1;

/** How long the service is asked for, in milliseconds: less than a scrape waits. */
export const askedMs = 1_500;

/**
 * A worker asks for work at least once a minute. The service remembers one that stopped for some minutes, which says nothing
 * of now.
 */
const freshMs = 75_000;

/** Who asks for the work of a queue, and how long the first of it has waited. */
export interface QueueState {
  workflow: number;
  activity: number;
  waitingSeconds: number;
}

/** Looks at who works on a queue, as of `at` (milliseconds). Rejects when the service does not answer in a moment. */
export async function queueStateOf(client: Client, taskQueue: string, at = Date.now()): Promise<QueueState> {
  const [workflow, activity] = await Promise.all([
    described(client, taskQueue, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW),
    described(client, taskQueue, TaskQueueType.TASK_QUEUE_TYPE_ACTIVITY),
  ]);
  return {
    workflow: fresh(workflow.pollers, at).length,
    activity: fresh(activity.pollers, at).length,
    waitingSeconds: Number(workflow.stats?.approximateBacklogAge?.seconds ?? 0),
  };
}

/**
 * The versions of the workers that ask for the work of programs on a queue, as of `at` (milliseconds); `''` stands for workers that have
 * none. Rejects when the service does not answer in a moment.
 */
export async function versionsAtWork(client: Client, taskQueue: string, at = Date.now()): Promise<ReadonlySet<string>> {
  const { pollers } = await described(client, taskQueue, TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW);
  return new Set(fresh(pollers, at).map(({ deploymentOptions }) => deploymentOptions?.buildId ?? ''));
}

function described(client: Client, name: string, taskQueueType: temporal.api.enums.v1.TaskQueueType) {
  const { namespace } = client.options;
  return client.withDeadline(Date.now() + askedMs, () =>
    client.workflowService.describeTaskQueue({ namespace, taskQueue: { name }, taskQueueType, reportStats: true }),
  );
}

/** Adds what the Temporal service tells of the queue on which programs live. */
export function addServiceGauges(metrics: Metrics, client: Client, taskQueue: string): void {
  metrics.gauge({
    name: 'certloop_temporal_up',
    help: 'Whether the Temporal service answers: 1 or 0.',
    read: () => upOf(answerOf(client)),
  });
  metrics.gauge({
    name: 'certloop_pollers',
    help: 'Workers that asked for the work of programs within the last 75 seconds, by the kind of work.',
    label: 'kind',
    async read() {
      const { workflow, activity } = await queueStateOf(client, taskQueue);
      return new Map(Object.entries({ workflow, activity }));
    },
  });
  metrics.gauge({
    name: 'certloop_work_waiting_seconds',
    help: 'How long the first task of a program has waited for a worker, about; 0 when none waits.',
    read: async () => (await queueStateOf(client, taskQueue)).waitingSeconds,
  });
}

/** Whether the Temporal service answers. */
export function temporalCheck(client: Client): Check {
  return { name: 'temporal', look: () => answerOf(client).then(() => 'ok'), needed: true };
}

/**
 * Whether anybody works. Not needed for a process to be ready: all of them see the same, so that none is better to be asked,
 * and what can be read can still be read.
 */
export function workersCheck(look: () => Promise<number>): Check {
  return { name: 'workers', look: async () => ((await look()) > 0 ? 'ok' : 'none'), needed: false };
}

function answerOf(client: Client): Promise<unknown> {
  return client.withDeadline(Date.now() + askedMs, () => client.workflowService.getSystemInfo({}));
}

type Poller = temporal.api.taskqueue.v1.IPollerInfo;

function fresh(pollers: Poller[] | null | undefined, at: number): Poller[] {
  const since = at - freshMs;
  return (pollers ?? []).filter(({ lastAccessTime }) => Number(lastAccessTime?.seconds ?? 0) * 1_000 >= since);
}
