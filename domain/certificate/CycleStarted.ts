import { Type } from 'typebox';
import { record } from '../registry/record.ts';

/** A certification cycle began, with the first certificate or with one that was renewed. */
export const CycleStarted = record('CycleStarted', {
  data: { cycle: Type.Integer() },
  leavesTask: false,
  apply: (state) => ({ ...state, phasePlanned: false, decision: undefined, significantChange: undefined }),
});
