import { Type } from 'typebox';
import { changeTask } from '../changing.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { id } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { assessors } from '../registry/roles.ts';
import { tasksOfPlan } from '../rules/replan.ts';
import { circleOf } from './dependencies.ts';
import { isUnended } from './task.ts';
import { mustBeThere, releaseTasks, warnOfOrder } from './waiting.ts';

export const setDependencies = command('setDependencies', {
  summary: 'Say which tasks come before it, all of them',
  payload: { taskId: id, dependsOn: Type.Array(id, { maxItems: 50, description: 'Tasks that come before it' }) },
  roles: assessors,
  address: { does: 'replace', path: '/tasks/:taskId/dependencies', gives: 'task' },
  example: { at: 'implementation', by: 'programManager', payload: { taskId: 'T-3', dependsOn: ['T-2'] } },
  decide(draft, { taskId, dependsOn }) {
    const task = draft.task(taskId);
    if (task.status !== 'open') refuse('state', 'waitsForNothing', { taskId, status: task.status });
    if (task.bodyDeadline) refuse('R7', 'bodysTaskDoesNotWait', { taskId });
    if (!tasksOfPlan(draft.state).includes(task)) refuse('dependency', 'hasItsOwnDate', { taskId });
    const before = mustBeThere(draft, dependsOn);
    const circle = circleOf(draft.state.tasks, taskId, before);
    if (circle) refuse('dependency', 'circularDependency', { circle }, 'dependsOn');
    draft.emit(TaskDependenciesSet, { taskId, dependsOn: before });
    warnOfOrder(draft, task.id, task.dueOn, before);
    releaseTasks(draft);
  },
});

/** An empty list lets it begin at the end of the same command. */
export const TaskDependenciesSet = record('TaskDependenciesSet', {
  data: { taskId: Type.String(), dependsOn: Type.Array(Type.String()) },
  leavesTask: false,
  apply: (state, { taskId, dependsOn }) =>
    changeTask(state, taskId, (task) => {
      if (!isUnended(task)) return task;
      return { ...task, dependsOn, ...(task.waitsFor || dependsOn.length > 0 ? { waitsFor: dependsOn } : {}) };
    }),
});
