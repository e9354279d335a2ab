import { type IsoDate, own } from '../basics.ts';
import { addWorkingDays, latest } from '../calendar.ts';
import { inOneGo } from '../changing.ts';
import { mustBeUnique } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { refuse, wrong } from '../refusal.ts';
import { type Saying, say } from '../say.ts';
import { waitingFor } from './dependencies.ts';
import { TaskReleased } from './TaskReleased.ts';
import { isUnended, isWaiting, type UnendedTask } from './task.ts';

/** Working days that the owner of a task has at least, from the day on which what it waited for has ended. */
const leastDays = 5;

/** How many of the tasks that it waited for are named by their titles: hundreds can wait for the same fifty. */
const mostTitles = 5;

/** The tasks that another shall wait for, each once: they are there and have not ended. */
export function mustBeThere(draft: Draft, dependsOn: string[]): string[] {
  mustBeUnique(dependsOn, 'dependsOn', 'task');
  for (const id of dependsOn) {
    const task = own(draft.state.tasks, id);
    if (!task) wrong('unknown', 'noSuchTask', { id, programId: draft.state.id }, 'dependsOn');
    if (!isUnended(task)) refuse('state', 'nothingToWaitFor', { id, status: task.status }, 'dependsOn');
  }
  return dependsOn;
}

/** Warns where a task is due before one that it waits for. */
export function warnOfOrder(draft: Draft, taskId: string, dueOn: IsoDate, dependsOn: string[]): void {
  for (const id of dependsOn) {
    const { dueOn: before } = draft.task(id);
    if (before > dueOn) draft.warn('dependency', 'dueBeforeWhatItWaitsFor', { taskId, dueOn, waitsFor: id, before });
  }
}

/** Warns of the tasks that are due before one that they wait for, now that it is due later. */
export function warnOfWaiting(draft: Draft, taskId: string): void {
  const { dueOn } = draft.task(taskId);
  for (const task of waitingFor(draft.state.tasks, taskId)) {
    if (task.dueOn < dueOn) {
      draft.warn('dependency', 'nowDueAfterWaiting', { taskId: task.id, waitsFor: taskId, dueOn, own: task.dueOn });
    }
  }
}

/**
 * Releases the tasks for which everything that they waited for has ended: accepted, waived or cancelled alike, and says
 * which. Whoever could not begin before gets some working days. The last step of every command that ends a task.
 */
export function releaseTasks(draft: Draft): void {
  inOneGo(() => release(draft));
}

function release(draft: Draft): void {
  for (const task of Object.values(draft.state.tasks)) {
    if (!isWaiting(task) || task.waitsFor.length > 0) continue;
    const enough = addWorkingDays(draft.today, leastDays, draft.state.calendar);
    const dueOn = task.status === 'open' ? latest(task.dueOn, enough) : task.dueOn;
    const why = draft.words(whyReleased(draft, task));
    draft.emit(TaskReleased, { taskId: task.id, why, dueOn, previousDueOn: task.dueOn });
    const cancelled = (task.dependsOn ?? []).filter((id) => draft.state.tasks[id]?.status === 'cancelled');
    if (cancelled.length > 0) draft.warn('dependency', 'waitedForCancelled', { taskId: task.id, cancelled });
  }
}

function whyReleased(draft: Draft, { dependsOn = [] }: UnendedTask): Saying {
  const ended = dependsOn.map((id, index) => {
    const task = own(draft.state.tasks, id);
    const { title, status } = task ?? {};
    return { id, ...(title && index < mostTitles ? { title } : {}), ...(status ? { status } : {}) };
  });
  return say('waitsNoLonger', { ended });
}
