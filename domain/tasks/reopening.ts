import type { Instant } from '../basics.ts';
import { changeTask } from '../changing.ts';
import type { ProgramState } from '../state.ts';
import { firstRungAhead } from './ladder.ts';

/**
 * The state with a task open again whose evidence does not count. Rungs that passed while it was submitted are skipped:
 * nobody was waiting for its assignee.
 */
export function reopenTask(state: ProgramState, taskId: string, at: Instant): ProgramState {
  return changeTask(state, taskId, (task) => {
    if (task.status !== 'submitted') return task;
    const { evidence: _, reviewFrom: __, ...rest } = task;
    const nextRung = Math.max(task.nextRung, firstRungAhead(task, at, state));
    return { ...rest, status: 'open', nextRung };
  });
}
