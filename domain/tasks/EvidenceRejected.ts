import { Type } from 'typebox';
import { record } from '../registry/record.ts';
import { reopenTask } from './reopening.ts';

/** A reviewer sends the evidence back. */
export const EvidenceRejected = record('EvidenceRejected', {
  data: { taskId: Type.String(), note: Type.String() },
  leavesTask: 'open',
  apply: (state, { taskId }, { at }) => reopenTask(state, taskId, at),
});
