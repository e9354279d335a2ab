import type { ProgramState } from '../state.ts';
import { isWaiting, type Task, type UnendedTask } from './task.ts';

/** Open tasks that wait for a task. */
export function waitingFor(tasks: ProgramState['tasks'], taskId: string): UnendedTask[] {
  return Object.values(tasks)
    .filter(isWaiting)
    .filter(({ waitsFor }) => waitsFor.includes(taskId));
}

/**
 * The circle that would arise if a task waited for others: `['T-3', 'T-5', 'T-3']` reads "T-3 waits for T-5, which waits
 * for T-3". Undefined when there is none.
 */
export function circleOf(tasks: ProgramState['tasks'], taskId: string, dependsOn: string[]): string[] | undefined {
  const seen = new Set<string>();
  const search = (id: string, way: string[]): string[] | undefined => {
    if (id === taskId) return [...way, id];
    if (seen.has(id)) return undefined;
    seen.add(id);
    return first(waitedForBy(tasks[id]), (next) => search(next, [...way, id]));
  };
  return first(dependsOn, (id) => search(id, [taskId]));
}

function waitedForBy(task: Task | undefined): string[] {
  return task && isWaiting(task) ? task.waitsFor : [];
}

function first<T, R>(entries: T[], find: (entry: T) => R | undefined): R | undefined {
  for (const entry of entries) {
    const found = find(entry);
    if (found !== undefined) return found;
  }
  return undefined;
}
