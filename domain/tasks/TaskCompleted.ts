import { Type } from 'typebox';
import { record } from '../registry/record.ts';
import { endTask } from './ending.ts';

/** The thing that a task asked for was done by another command (an audit scheduled, a plan submitted). */
export const TaskCompleted = record('TaskCompleted', {
  data: { taskId: Type.String(), how: Type.String() },
  leavesTask: 'accepted',
  apply: (state, { taskId }, { today }) => endTask(state, taskId, 'accepted', today),
});
