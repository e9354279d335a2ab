import type { ProgramState } from '../../domain/state.ts';
import { previewLadder, type RungKind } from '../../domain/tasks/ladder.ts';
import { isWaiting, type Task } from '../../domain/tasks/task.ts';
import { count } from '../../words/phrases.ts';

/** Who hears of a task when, as long as it is not done. */
export function escalationView(state: ProgramState, task: Task) {
  const { id: taskId, title, assignee, dueOn } = task;
  const rungs = previewLadder(state, task).map((rung) => ({ ...rung, what: whatOf(rung.what) }));
  return { taskId, title, assignee, dueOn, ...(isWaiting(task) ? { waitsFor: task.waitsFor } : {}), rungs };
}

function whatOf(what: RungKind): string {
  switch (what.kind) {
    case 'reminder':
      return `reminder ${count(what.days, 'day')} before`;
    case 'due':
      return 'overdue';
    case 'escalation':
      return `escalated after ${count(what.workingDays, 'working day')}`;
    case 'weekly':
      return `again, weekly (from ${what.from})`;
    case 'monthly':
      return `again, monthly (from ${what.from})`;
    case 'end':
      return `no more after ${what.from}: it is proposed to pause or cancel the program`;
  }
}
