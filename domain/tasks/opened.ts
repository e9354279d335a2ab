import type { Draft } from '../draft.ts';
import { refuse } from '../refusal.ts';
import { isUnended, type OpenTask, type UnendedTask } from './task.ts';

/** The task, which must wait for its assignee. */
export function mustBeOpen(draft: Draft, taskId: string): OpenTask {
  const task = mustBeUnended(draft, taskId);
  if (task.status === 'open') return task;
  return refuse('state', 'taskNotOpen', { taskId, status: task.status });
}

/** The task, which must wait for its assignee or for its review. */
export function mustBeUnended(draft: Draft, taskId: string): UnendedTask {
  const task = draft.task(taskId);
  if (isUnended(task)) return task;
  return refuse('state', 'taskNotOpen', { taskId, status: task.status });
}
