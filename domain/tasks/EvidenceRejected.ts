import { Type } from 'typebox';
import { withWork } from '../people/work.ts';
import { record } from '../registry/record.ts';
import { reopenTask } from './reopening.ts';

/** A reviewer sends the evidence back. */
export const EvidenceRejected = record('EvidenceRejected', {
  data: { taskId: Type.String(), note: Type.String() },
  leavesTask: 'open',
  apply: (state, { taskId }, { at, today, actor }) =>
    withWork(reopenTask(state, taskId, at), actor, [state.tasks[taskId]?.requirementId], today),
});
