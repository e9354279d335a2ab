import { addWorkingDays, latest } from '../calendar.ts';
import { mustBeUnique } from '../definition.ts';
import { refuse, wrong } from '../rejection.ts';
import { circleOf, waitingFor } from '../rules/dependencies.ts';
import { tasksOfPlan } from '../rules/replan.ts';
import type { IsoDate, RecordType, Task } from '../types/index.ts';
import { type Draft, own } from './draft.ts';
import type { Deciders } from './handler.ts';

/** Working days that the owner of a task has at least, from the day on which what it waited for has ended. */
const leastDays = 5;

/** What a task waits for: a document before its review. */
export const dependencyDeciders: Deciders<'setDependencies'> = {
  setDependencies(draft, { taskId, dependsOn }) {
    const task = draft.task(taskId);
    if (task.status !== 'open') refuse('state', `Task ${taskId} is ${task.status}: it waits for nothing any more.`);
    if (task.bodyDeadline) {
      refuse('R7', `The deadline of ${taskId} is the certification body's; it waits for nothing.`);
    }
    if (!tasksOfPlan(draft.state).includes(task)) {
      refuse(
        'dependency',
        `${taskId} answers an audit, a finding or an incident and has a date of its own: it does not wait.`,
      );
    }
    const before = mustBeThere(draft, dependsOn);
    const circle = circleOf(draft.state.tasks, taskId, before);
    if (circle) refuse('dependency', `dependsOn: ${circle.join(' would wait for ')}: nobody could begin.`);
    draft.emit({ type: 'TaskDependenciesSet', data: { taskId, dependsOn: before } });
    warnOfOrder(draft, task.id, task.dueOn, before);
  },
};

/** The tasks that another shall wait for, each once: they are there and have not ended. */
export function mustBeThere(draft: Draft, dependsOn: string[]): string[] {
  mustBeUnique(dependsOn, 'dependsOn', 'task');
  for (const id of dependsOn) {
    const task = own(draft.state.tasks, id);
    if (!task) wrong('unknown', `dependsOn: there is no task ${id} in program ${draft.state.id}.`);
    if (task.closedOn) refuse('state', `dependsOn: ${id} is ${task.status}; there is nothing to wait for.`);
  }
  return dependsOn;
}

/** Warns where a task is due before one that it waits for. */
export function warnOfOrder(draft: Draft, taskId: string, dueOn: IsoDate, dependsOn: string[]): void {
  for (const id of dependsOn) {
    const { dueOn: before } = draft.task(id);
    if (before > dueOn) warn(draft, `${taskId} is due on ${dueOn} and waits for ${id}, which is due on ${before}.`);
  }
}

/** Warns of the tasks that are due before one that they wait for, now that it is due later. */
export function warnOfWaiting(draft: Draft, taskId: string): void {
  const { dueOn } = draft.task(taskId);
  for (const task of waitingFor(draft.state.tasks, taskId)) {
    if (task.dueOn < dueOn) {
      warn(
        draft,
        `${task.id} waits for ${taskId}, which is now due on ${dueOn}, after its own due date ${task.dueOn}.`,
      );
    }
  }
}

/** Refuses to accept what was handed in early: what comes before it is accepted first. */
export function mustNotWait({ id, waitsFor = [] }: Task): void {
  if (waitsFor.length > 0) {
    refuse('dependency', `${id} waits for ${waitsFor.join(', ')}: it is accepted once that has ended.`);
  }
}

const endings: readonly RecordType[] = [
  'EvidenceAccepted',
  'TaskWaived',
  'TaskCancelled',
  'TaskCompleted',
  'TaskDependenciesSet',
];

/**
 * Lets go the tasks for which everything that they waited for has ended: accepted, waived or cancelled alike, and says
 * which. Whoever could not begin before gets some working days. The last step of every command.
 */
export function release(draft: Draft): void {
  if (!draft.records.some(({ type }) => endings.includes(type))) return;
  for (const task of Object.values(draft.state.tasks)) {
    if (task.closedOn || task.waitsFor?.length !== 0) continue;
    const enough = addWorkingDays(draft.today, leastDays, draft.state.calendar);
    const dueOn = task.status === 'open' ? latest(task.dueOn, enough) : task.dueOn;
    const why = whyReleased(draft, task);
    draft.emit({ type: 'TaskReleased', data: { taskId: task.id, why, dueOn, previousDueOn: task.dueOn } });
    const cancelled = (task.dependsOn ?? []).filter((id) => draft.state.tasks[id]?.status === 'cancelled');
    if (cancelled.length > 0) {
      warn(
        draft,
        `${task.id} waited for ${cancelled.join(', ')}, which was cancelled: see whether it is still needed.`,
      );
    }
  }
}

function whyReleased(draft: Draft, { dependsOn = [] }: Task): string {
  if (dependsOn.length === 0) return 'It waits for nothing any more.';
  const ended = dependsOn.map((id) => {
    const task = own(draft.state.tasks, id);
    const how = task?.status === 'waived' || task?.status === 'cancelled' ? `was ${task.status}` : 'is done';
    return `${id}${task ? ` (${task.title})` : ''} ${how}`;
  });
  return `What it waited for has ended: ${ended.join('; ')}.`;
}

function warn(draft: Draft, text: string): void {
  draft.emit({ type: 'WarningNoted', data: { code: 'dependency', text } });
}
