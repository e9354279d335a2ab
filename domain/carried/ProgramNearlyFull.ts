import { Type } from 'typebox';
import { record } from '../registry/record.ts';

/** What the program holds came near to what it can: said once in each cycle. */
export const ProgramNearlyFull = record('ProgramNearlyFull', {
  data: { bytes: Type.Integer(), most: Type.Integer() },
  leavesTask: false,
  apply: (state, _, { today }) => ({ ...state, nearlyFullOn: today }),
});
