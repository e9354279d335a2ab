import { Type } from 'typebox';
import { mapped } from '../changing.ts';
import { mustHaveBegun, mustSay } from '../checks.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { reason } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { steering } from '../registry/roles.ts';
import { isUnended } from '../tasks/task.ts';

export const pause = command('pause', {
  summary: 'Pause the program',
  payload: { reason },
  roles: steering,
  address: { does: 'act', path: '/pause', gives: 'program' },
  example: {
    at: 'implementation',
    by: 'sponsor',
    payload: { reason: 'The data center moves; everybody is needed there.' },
  },
  decide(draft, { reason: why }) {
    mustHaveBegun(draft.state);
    mustSay(why, 'reason');
    const { pausedOn } = draft.state;
    if (pausedOn) refuse('state', 'pausedAlready', { pausedOn });
    draft.emit(ProgramPaused, { reason: why });
  },
});

/** Open tasks are copied, because rows are written of what changed, and none of the organization is overdue in a pause. */
export const ProgramPaused = record('ProgramPaused', {
  data: { reason: Type.String() },
  leavesTask: false,
  apply: (state, _data, { today }) => ({
    ...state,
    status: 'paused',
    pausedOn: today,
    tasks: mapped(state.tasks, (task) => (task.bodyDeadline || !isUnended(task) ? task : { ...task })),
  }),
});
