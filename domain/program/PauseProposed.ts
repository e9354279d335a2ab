import { Type } from 'typebox';
import { date, email } from '../registry/fields.ts';
import { record } from '../registry/record.ts';

/**
 * Nobody has done for months what is overdue: whoever steers is asked to pause or cancel the program. It stands until
 * somebody does something; as long as it does, what is overdue is not told again, and nothing is proposed twice.
 */
export const PauseProposed = record('PauseProposed', {
  data: { overdue: Type.Integer(), since: date, to: Type.Array(email) },
  leavesTask: false,
  apply: (state, _, { today }) => ({ ...state, pauseProposedOn: today }),
});
