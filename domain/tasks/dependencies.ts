import type { ProgramState } from '../state.ts';
import { isWaiting, type Task, type UnendedTask } from './task.ts';

/** Open tasks that wait for a task. */
export function waitingFor(tasks: ProgramState['tasks'], taskId: string): (UnendedTask & { waitsFor: string[] })[] {
  const ids = waitersIn(tasks).get(taskId) ?? [];
  return [...ids].flatMap((id) => {
    const task = tasks[id];
    return task && isWaiting(task) && task.waitsFor.includes(taskId) ? [task] : [];
  });
}

/** By task, the ids of those that wait for it; some of them may wait no more. */
type Waiters = Map<string, Set<string>>;

/** Found out once for tasks that end together in one go: thousands would be looked through for each of them. */
const waitersOf = new WeakMap<ProgramState['tasks'], Waiters>();

function waitersIn(tasks: ProgramState['tasks']): Waiters {
  const known = waitersOf.get(tasks);
  if (known) return known;
  const waiters: Waiters = new Map();
  waitersOf.set(tasks, waiters);
  for (const task of Object.values(tasks)) noteWaiting(tasks, task);
  return waiters;
}

/** Notes what a task waits for that was put among those that are changed in one go. */
export function noteWaiting(tasks: ProgramState['tasks'], task: Task): void {
  const waiters = waitersOf.get(tasks);
  if (!waiters || !isWaiting(task)) return;
  for (const id of task.waitsFor) waiters.set(id, (waiters.get(id) ?? new Set()).add(task.id));
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
