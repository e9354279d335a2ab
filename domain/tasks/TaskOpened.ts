import { Type } from 'typebox';
import { counted, withTasks } from '../changing.ts';
import { record } from '../registry/record.ts';
import { openTask } from './task.ts';

/** Somebody is asked for something. */
export const TaskOpened = record('TaskOpened', {
  data: { task: openTask, why: Type.String() },
  leavesTask: false,
  creates: ({ task }) => ({ taskId: task.id }),
  apply(state, { task }) {
    const opened = { ...state, tasks: withTasks(state.tasks, [task]), counters: counted(state, task.id) };
    // A new decision task means that an earlier decision (delayed) is to be taken again; one on a scope stands apart.
    const ofCertification = task.kind === 'decision' && state.audits[task.auditId ?? '']?.kind !== 'special';
    return ofCertification ? { ...opened, decision: undefined } : opened;
  },
});
