import { Type } from 'typebox';
import { record } from '../registry/record.ts';
import { endTask } from './ending.ts';

/** Nobody needs it any more. */
export const TaskCancelled = record('TaskCancelled', {
  data: { taskId: Type.String(), reason: Type.String() },
  leavesTask: 'cancelled',
  apply: (state, { taskId }, { today }) => endTask(state, taskId, 'cancelled', today),
});
