import { Type } from 'typebox';
import { changeTask } from '../changing.ts';
import { record } from '../registry/record.ts';
import { firstRungAhead } from './ladder.ts';

/** Rungs that passed while the reviewers had it are skipped: the owner could not have acted. */
export const EvidenceRejected = record('EvidenceRejected', {
  data: { taskId: Type.String(), note: Type.String() },
  leavesTask: 'open',
  apply: (state, { taskId }, { at }) =>
    changeTask(state, taskId, (task) => {
      if (task.status !== 'submitted') return task;
      const { evidence: _, reviewFrom: __, ...rest } = task;
      const nextRung = Math.max(task.nextRung, firstRungAhead(task, at, state));
      return { ...rest, status: 'open', nextRung };
    }),
});
