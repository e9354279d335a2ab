import type { IsoDate } from '../basics.ts';
import { changeTask, withTasks } from '../changing.ts';
import type { ProgramState } from '../state.ts';
import { waitingFor } from './dependencies.ts';
import type { EndedTask, Task } from './task.ts';

/** The state with a task ended; those that wait for it wait for one less. */
export function endTask(state: ProgramState, taskId: string, status: EndedTask['status'], on: IsoDate): ProgramState {
  const ended = changeTask(state, taskId, (task) => endedTask(task, status, on));
  const waiting = waitingFor(ended.tasks, taskId);
  if (waiting.length === 0) return ended;
  const fewer = waiting.map((task): Task => ({ ...task, waitsFor: task.waitsFor.filter((id) => id !== taskId) }));
  return { ...ended, tasks: withTasks(ended.tasks, fewer) };
}

/** What was submitted stays in the register; the state carries only what later decisions need. */
function endedTask(task: Task, status: EndedTask['status'], closedOn: IsoDate): EndedTask {
  if (task.status === 'submitted') {
    const { evidence: _, waitsFor: __, reviewFrom: ___, ...rest } = task;
    return { ...rest, status, closedOn };
  }
  if (task.status === 'open') {
    const { waitsFor: _, ...rest } = task;
    return { ...rest, status, closedOn };
  }
  return { ...task, status, closedOn };
}
