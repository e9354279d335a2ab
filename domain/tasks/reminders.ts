import { Type } from 'typebox';
import { changeTask } from '../changing.ts';
import { email } from '../registry/fields.ts';
import { record } from '../registry/record.ts';

/** A rung before or on the due date: the assignee is reminded. */
export const TaskReminded = record('TaskReminded', {
  data: { taskId: Type.String(), rung: Type.Integer(), dueIn: Type.Integer(), to: Type.Array(email) },
  leavesTask: false,
  apply: (state, { taskId, rung }) => changeTask(state, taskId, (task) => ({ ...task, nextRung: rung + 1 })),
});

/** A rung after the due date: level 1 program manager, 2 sponsor, 3 and more top management. */
export const TaskEscalated = record('TaskEscalated', {
  data: {
    taskId: Type.String(),
    rung: Type.Integer(),
    level: Type.Integer(),
    workingDays: Type.Integer(),
    to: Type.Array(email),
  },
  leavesTask: false,
  apply: (state, { taskId, rung, level }) =>
    changeTask(state, taskId, (task) => ({ ...task, nextRung: rung + 1, escalationLevel: level })),
});

/** The last rung: it is said for the last time, but where nobody is there to hear it (`PauseProposed`). */
export const LadderEnded = record('LadderEnded', {
  data: { taskId: Type.String(), rung: Type.Integer(), to: Type.Array(email) },
  leavesTask: false,
  apply: (state, { taskId, rung }) => changeTask(state, taskId, (task) => ({ ...task, nextRung: rung + 1 })),
});

/** Evidence waits for its review: those who may give it are reminded. */
export const ReviewReminded = record('ReviewReminded', {
  data: { taskId: Type.String(), count: Type.Integer(), to: Type.Array(email) },
  leavesTask: false,
  apply: (state, { taskId, count }) => changeTask(state, taskId, (task) => ({ ...task, reviewReminders: count })),
});
