import { Type } from 'typebox';
import { addWorkingDays, workingDayFrom, workingDaysBetween } from '../calendar.ts';
import { changeTask } from '../changing.ts';
import { mustNotBePast } from '../checks.ts';
import { mayAnswerFor } from '../people/absence.ts';
import { forbidden, refuse, wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { date, id } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { organization } from '../registry/roles.ts';
import { mustBeOpen } from './opened.ts';

/** The most working days by which an acknowledgment moves the ladder, once. */
export const mostLadderShift = 10;

export const acknowledgeTask = command('acknowledgeTask', {
  summary: 'Say when it is expected; this moves the escalation once, never the due date',
  payload: { taskId: id, expectedOn: date },
  roles: organization,
  address: { does: 'act', path: '/tasks/:taskId/acknowledge', gives: 'task' },
  example: { at: 'implementation', by: 'owner', payload: { taskId: 'T-2', expectedOn: '2030-07-31' } },
  decide(draft, { taskId, expectedOn }) {
    const task = mustBeOpen(draft, taskId);
    mustNotBePast(draft, expectedOn, 'expectedOn');
    if (!mayAnswerFor(draft.state, draft.sender, task.assignee, draft.today))
      forbidden('acknowledgedByAssignee', { taskId, email: task.assignee });
    if (task.bodyDeadline) refuse('R7', 'ladderIsTheBodys', { taskId });
    if (task.ladderShift !== undefined) refuse('ladder', 'acknowledgedBefore', { taskId });
    const { calendar } = draft.state;
    const shift = workingDaysBetween(workingDayFrom(task.dueOn, calendar), expectedOn, calendar);
    if (shift === 0) wrong('dates', 'notLaterThanDue', { on: expectedOn, dueOn: task.dueOn }, 'expectedOn');
    const ladderShift = Math.min(shift, mostLadderShift);
    draft.emit(TaskAcknowledged, { taskId, expectedOn, ladderShift });
    if (shift > mostLadderShift) {
      const until = addWorkingDays(task.dueOn, mostLadderShift, calendar);
      draft.warn('ladder', 'ladderMovesNoFurther', { taskId, workingDays: mostLadderShift, until });
    }
  },
});

export const TaskAcknowledged = record('TaskAcknowledged', {
  data: { taskId: Type.String(), expectedOn: date, ladderShift: Type.Integer() },
  leavesTask: false,
  apply: (state, { taskId, expectedOn, ladderShift }) =>
    changeTask(state, taskId, (task) => ({ ...task, expectedOn, ladderShift })),
});
