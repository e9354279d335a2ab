import { Type } from 'typebox';
import { mustSay } from '../checks.ts';
import { mayAnswerFor } from '../people/absence.ts';
import { nameOf } from '../people/people.ts';
import { forbidden } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { email, id, reason } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { organization } from '../registry/roles.ts';
import { mustBeOpen } from './opened.ts';

export const declineTask = command('declineTask', {
  summary: 'Say that it is not yours; it stays with you until a program manager reassigns it',
  payload: { taskId: id, reason },
  roles: organization,
  address: { does: 'act', path: '/tasks/:taskId/decline', gives: 'task' },
  example: { at: 'implementation', by: 'owner', payload: { taskId: 'T-2', reason: 'Legal keeps this record.' } },
  decide(draft, { taskId, reason: why }) {
    const { assignee } = mustBeOpen(draft, taskId);
    if (!mayAnswerFor(draft.state, draft.sender, assignee, draft.today))
      forbidden('anothersTask', { taskId, name: nameOf(draft.state, assignee) });
    mustSay(why, 'reason');
    draft.emit(TaskDeclined, { taskId, reason: why, by: draft.sender });
  },
});

/** Reminders and escalations go on: a task without an assignee would be nobody's. */
export const TaskDeclined = record('TaskDeclined', {
  data: {
    taskId: Type.String(),
    reason: Type.String(),
    /** The assignee where an earlier version did not say it. */
    by: Type.Optional(email),
  },
  leavesTask: false,
  apply: (state) => state,
});
