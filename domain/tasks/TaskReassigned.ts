import { Type } from 'typebox';
import { changeTask } from '../changing.ts';
import { email } from '../registry/fields.ts';
import { record } from '../registry/record.ts';

/** With a reason when nobody chose it for this task: who had it left, or it is for the other side to do. */
export const TaskReassigned = record('TaskReassigned', {
  data: { taskId: Type.String(), from: email, to: email, reason: Type.Optional(Type.String()) },
  leavesTask: false,
  apply: (state, { taskId, to }) => changeTask(state, taskId, (task) => ({ ...task, assignee: to })),
});
