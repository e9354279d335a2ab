import { mustBeOfOrganization, mustBePerson } from '../people/people.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { email, id } from '../registry/fields.ts';
import { manager } from '../registry/roles.ts';
import { auditorsTasks } from './answering.ts';
import { mustBeOpen } from './opened.ts';
import { TaskReassigned } from './TaskReassigned.ts';

export const reassignTask = command('reassignTask', {
  summary: 'Give it to another',
  payload: { taskId: id, to: email },
  roles: manager,
  address: { does: 'act', path: '/tasks/:taskId/reassign', gives: 'task' },
  example: { at: 'implementation', by: 'programManager', payload: { taskId: 'T-2', to: 'second@example.com' } },
  decide(draft, { taskId, to }) {
    const task = mustBeOpen(draft, taskId);
    mustBePerson(draft.state, to, 'to');
    if (task.assignee === to) refuse('state', 'alreadyTheirs', { taskId, email: to });
    // What the organization owes is not handed to the certification body.
    if (!auditorsTasks.includes(task.kind)) mustBeOfOrganization(draft.state, to, 'to');
    draft.emit(TaskReassigned, { taskId, from: task.assignee, to });
  },
});
