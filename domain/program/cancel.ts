import { Type } from 'typebox';
import { mustSay } from '../checks.ts';
import { command } from '../registry/command.ts';
import { reason } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { steering } from '../registry/roles.ts';
import { say } from '../say.ts';

export const cancel = command('cancel', {
  summary: 'Cancel the program for good',
  payload: { reason },
  roles: steering,
  address: { does: 'act', path: '/cancel', gives: 'program' },
  example: {
    at: 'implementation',
    by: 'topManagement',
    payload: { reason: 'The business that runs the assistant was sold.' },
  },
  decide(draft, { reason: why }) {
    mustSay(why, 'reason');
    draft.cancelTasks({}, say('programCancelled', {}));
    draft.emit(ProgramCancelled, { reason: why });
  },
});

export const ProgramCancelled = record('ProgramCancelled', {
  data: { reason: Type.String() },
  leavesTask: false,
  apply: (state) => ({ ...state, status: 'cancelled' }),
});
