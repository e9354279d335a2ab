import { Type } from 'typebox';
import { evidenceAccepted } from '../assessment/accepted.ts';
import { mustSay } from '../checks.ts';
import { withWork } from '../people/work.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { id, note, verdict } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { reviewing } from '../registry/roles.ts';
import { EvidenceRejected } from './EvidenceRejected.ts';
import { endTask } from './ending.ts';
import { mustBeAnothers } from './review.ts';
import { isWaiting } from './task.ts';

export const reviewEvidence = command('reviewEvidence', {
  summary: 'Accept the evidence or send it back',
  payload: { taskId: id, verdict, note },
  roles: reviewing,
  address: { does: 'act', path: '/tasks/:taskId/review', gives: 'task' },
  example: {
    at: 'evidenceSubmitted',
    by: 'programManager',
    payload: { taskId: 'T-2', verdict: 'accept', note: 'Complete and signed.' },
  },
  decide(draft, { taskId, verdict: decided, note: said }) {
    const task = draft.task(taskId);
    if (task.status !== 'submitted') refuse('state', 'nothingToReview', { taskId, status: task.status });
    mustBeAnothers(draft, task);
    if (decided === 'reject') {
      mustSay(said, 'note');
      draft.emit(EvidenceRejected, { taskId, note: said });
      return;
    }
    // Submitted early: what comes before it is accepted first.
    if (isWaiting(task) && task.waitsFor.length > 0)
      refuse('dependency', 'acceptedAfterOthers', { taskId, waitsFor: task.waitsFor });
    draft.emit(EvidenceAccepted, { taskId, note: said });
  },
});

export const EvidenceAccepted = record('EvidenceAccepted', {
  data: { taskId: Type.String(), note: Type.String() },
  leavesTask: 'accepted',
  apply(state, { taskId }, { today, actor }) {
    const task = state.tasks[taskId];
    const accepted = evidenceAccepted(endTask(state, taskId, 'accepted', today), task, today);
    return withWork(accepted, actor, [task?.requirementId], today);
  },
});
