import { record } from '../registry/record.ts';

/** The day that the plan named has come. */
export const ProgramBegan = record('ProgramBegan', {
  data: {},
  leavesTask: false,
  apply: (state, _data, { today }) => ({ ...state, status: 'active', phaseStartedOn: today }),
});
