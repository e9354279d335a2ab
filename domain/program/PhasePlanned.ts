import { Type } from 'typebox';
import { phases } from '../basics.ts';
import { withoutOldWork } from '../people/work.ts';
import { record } from '../registry/record.ts';
import { pruned } from './pruning.ts';

/** The work of the present phase was laid out; the tasks and audits are records of their own. */
export const PhasePlanned = record('PhasePlanned', {
  data: { phase: Type.Enum(phases) },
  leavesTask: false,
  apply: (state, { phase }, { today }) => ({
    ...(phase === 'surveillanceCycle' ? withoutOldWork(pruned(state), today) : state),
    phasePlanned: true,
  }),
});
