import { Type } from 'typebox';
import { changeTask } from '../changing.ts';
import { date } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { firstRungAhead } from './ladder.ts';
import { isUnended } from './task.ts';

/**
 * Everything that it waited for has ended. Rungs that passed while it waited are skipped: the owner could not have begun,
 * nor the reviewer have accepted.
 */
export const TaskReleased = record('TaskReleased', {
  data: { taskId: Type.String(), why: Type.String(), dueOn: date, previousDueOn: date },
  leavesTask: false,
  apply: (state, { taskId, dueOn, previousDueOn }, { at, today }) =>
    changeTask(state, taskId, (waiting) => {
      if (!isUnended(waiting)) return waiting;
      const { waitsFor: _, ...task } = waiting;
      if (task.status === 'submitted') return { ...task, reviewFrom: today };
      const released = { ...task, dueOn, ...(dueOn === previousDueOn ? {} : { escalationLevel: 0 }) };
      const ahead = firstRungAhead(released, at, state);
      return { ...released, nextRung: dueOn === previousDueOn ? Math.max(task.nextRung, ahead) : ahead };
    }),
});
