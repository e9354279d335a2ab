import { mustNotBePast, mustSay } from '../checks.ts';
import { refuse, wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { date, id, reason } from '../registry/fields.ts';
import { manager } from '../registry/roles.ts';
import { mustBeOpen } from './opened.ts';
import { TaskExtended } from './TaskExtended.ts';
import { warnOfWaiting } from './waiting.ts';

export const extendTask = command('extendTask', {
  summary: 'Move the due date',
  payload: { taskId: id, dueOn: date, reason },
  roles: manager,
  address: { does: 'act', path: '/tasks/:taskId/extend', gives: 'task' },
  example: {
    at: 'implementation',
    by: 'programManager',
    payload: { taskId: 'T-2', dueOn: '2030-07-31', reason: 'The vendor delivers in July.' },
  },
  decide(draft, { taskId, dueOn, reason: why }) {
    const task = mustBeOpen(draft, taskId);
    mustSay(why, 'reason');
    mustNotBePast(draft, dueOn, 'dueOn');
    if (task.bodyDeadline) refuse('R7', 'deadlineIsTheBodys', { taskId });
    if (dueOn <= task.dueOn) wrong('dates', 'notLaterThanDue', { on: dueOn, dueOn: task.dueOn }, 'dueOn');
    draft.emit(TaskExtended, { taskId, dueOn, previousDueOn: task.dueOn, reason: why });
    warnOfWaiting(draft, taskId);
  },
});
