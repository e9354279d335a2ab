import { Type } from 'typebox';
import { step } from '../registry/command.ts';
import { record } from '../registry/record.ts';
import type { ProgramState } from '../state.ts';
import type { AiSystem } from '../systems/aiSystem.ts';
import { isUnended } from '../tasks/task.ts';

/** How many of what was closed last a program keeps at hand, and how many more it lets gather before they leave. */
const kept = 100;

/** What leaves a state: closed tasks and retired AI systems that nothing open names, the oldest first. */
interface Leaving {
  taskIds: string[];
  systemIds: AiSystem['id'][];
}

/** Whether so much of what was closed has gathered that it leaves. */
export function isToBeShelved(state: ProgramState): boolean {
  const { taskIds, systemIds } = leaving(state);
  return Math.max(taskIds.length, systemIds.length) >= kept;
}

/** Lets what was closed long ago leave the state: it stays in the register and in the read tables. */
export const shelve = step()('shelve', (draft) => {
  draft.emit(ClosedWorkShelved, leaving(draft.state));
});

export const ClosedWorkShelved = record('ClosedWorkShelved', {
  data: { taskIds: Type.Array(Type.String()), systemIds: Type.Array(Type.String()) },
  leavesTask: false,
  apply: (state, { taskIds, systemIds }) => ({
    ...state,
    tasks: without(state.tasks, taskIds),
    aiSystems: without(state.aiSystems, systemIds),
  }),
});

function leaving({ tasks, aiSystems }: ProgramState): Leaving {
  const named = new Set<string | undefined>();
  const closed: string[] = [];
  for (const task of Object.values(tasks)) {
    if (!isUnended(task)) closed.push(task.id);
    else for (const id of [...(task.dependsOn ?? []), task.systemId]) named.add(id);
  }
  const retired = Object.values(aiSystems)
    .filter(({ retiredOn }) => retiredOn)
    .map(({ id }) => id);
  const oldest = (ids: string[]) => ids.filter((id) => !named.has(id)).slice(0, -kept);
  return { taskIds: oldest(closed), systemIds: oldest(retired) };
}

function without<T>(entries: Record<string, T>, ids: string[]): Record<string, T> {
  const leave = new Set(ids);
  return Object.fromEntries(Object.entries(entries).filter(([id]) => !leave.has(id)));
}
