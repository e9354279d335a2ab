import { Type } from 'typebox';
import { changeTask } from '../changing.ts';
import { date } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { firstRungAhead } from './ladder.ts';

/** It is due on another day: later where a manager extends it, either way where what it counts from is moved. */
export const TaskExtended = record('TaskExtended', {
  data: { taskId: Type.String(), dueOn: date, previousDueOn: date, reason: Type.String() },
  leavesTask: false,
  apply: (state, { taskId, dueOn }, { at }) =>
    changeTask(state, taskId, (task) => {
      const extended = { ...task, dueOn, escalationLevel: 0 };
      return { ...extended, nextRung: firstRungAhead(extended, at, state) };
    }),
});
