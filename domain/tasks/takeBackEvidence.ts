import { Type } from 'typebox';
import { mustSay } from '../checks.ts';
import { mayAnswerFor } from '../people/absence.ts';
import { hasRole, nameOf } from '../people/people.ts';
import { forbidden, refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { id, reason } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { organization } from '../registry/roles.ts';
import { reopenTask } from './reopening.ts';

export const takeBackEvidence = command('takeBackEvidence', {
  summary: 'Take back evidence that was submitted by mistake',
  payload: { taskId: id, reason },
  roles: organization,
  address: { does: 'act', path: '/tasks/:taskId/take-back', gives: 'task' },
  example: { at: 'evidenceSubmitted', by: 'owner', payload: { taskId: 'T-2', reason: 'That was a draft.' } },
  decide(draft, { taskId, reason: why }) {
    const task = draft.task(taskId);
    if (task.status !== 'submitted') refuse('state', 'nothingToReview', { taskId, status: task.status });
    mustSay(why, 'reason');
    const { state, sender, today } = draft;
    const theirs = sender === task.evidence.by || mayAnswerFor(state, sender, task.assignee, today);
    if (!theirs && !hasRole(draft.state, draft.sender, 'programManager'))
      forbidden('anothersTask', { taskId, name: nameOf(draft.state, task.assignee) });
    draft.emit(EvidenceTakenBack, { taskId, reason: why });
  },
});

export const EvidenceTakenBack = record('EvidenceTakenBack', {
  data: { taskId: Type.String(), reason: Type.String() },
  leavesTask: 'open',
  apply: (state, { taskId }, { at }) => reopenTask(state, taskId, at),
});
