import { expect } from 'vitest';
import { createExecutionWatch, type ExecutionWatch, type Finding } from '../../../../api/executions/watch.ts';
import { workflowIdOf } from '../../../../workflows/messages.ts';
import { keys } from '../../../support/keys.ts';
import { manager } from '../../../workflows/support/people.ts';
import type { Stage } from '../../../workflows/support/stage.ts';
import type { TestProgram } from '../../../workflows/support/testProgram.ts';

/** What a watch said to its log. */
export interface Said {
  level: 'info' | 'warn';
  programId?: string;
  message: string;
}

/** A watch over the programs of a stage, that sweeps when it is told to. */
export function watching({ client, database, taskQueue }: Stage, told: Said[] = []): ExecutionWatch {
  const say = (level: Said['level']) => (details: object, message: string) => {
    told.push({ level, message, ...details });
  };
  return createExecutionWatch({ client, database, keys, taskQueue, log: { info: say('info'), warn: say('warn') } });
}

/** Temporal's list of executions may be a moment late: looks until a program has such a finding, as the loop does. */
export async function found(
  watch: ExecutionWatch,
  { id }: TestProgram,
  expected: { [K in keyof Finding]?: unknown },
): Promise<Finding> {
  const finding = () => watch.findings().find(({ programId }) => programId === id);
  await expect.poll(() => watch.sweep().then(finding), { interval: 500 }).toMatchObject(expected);
  return finding()!;
}

/** Two commands to a program at rest, which a reset to before them loses. */
export async function openTwoTasks(program: TestProgram): Promise<void> {
  // A run that is put back to where it had a step to take takes it again, and finds out by itself.
  await program.settle();
  const dueOn = '2031-01-01';
  for (const title of ['One', 'Two'])
    await program.send(manager, { type: 'openTask', title, assignee: manager, dueOn });
}

/** Puts a program back in Temporal to where it rested before its first command, without the commands since. */
export async function resetWithoutUpdates(
  { client }: Stage,
  program: TestProgram,
  end: () => Promise<unknown> = async () => undefined,
): Promise<void> {
  const { events } = await program.handle.fetchHistory();
  const { runId } = await program.handle.describe();
  await end();
  const command = events!.findIndex(
    (event) => event.workflowExecutionUpdateAcceptedEventAttributes?.acceptedRequest?.input?.name === 'command',
  );
  const task = events!.slice(0, command).findLast((event) => event.workflowTaskCompletedEventAttributes);
  await client.workflowService.resetWorkflowExecution({
    namespace: 'default',
    workflowExecution: { workflowId: workflowIdOf(program.id), runId },
    reason: 'to see',
    workflowTaskFinishEventId: task!.eventId!,
    requestId: program.id,
    // RESET_REAPPLY_EXCLUDE_TYPE_UPDATE
    resetReapplyExcludeTypes: [2],
  });
}
