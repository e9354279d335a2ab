import { Type } from 'typebox';
import type { Month } from '../basics.ts';
import { email } from '../registry/fields.ts';
import { record } from '../registry/record.ts';

/** How the implementation stood at the end of a month: the readiness in percent, and how many tasks are open and overdue. */
export const ProgressReported = record('ProgressReported', {
  data: {
    month: Type.Unsafe<Month>(Type.String()),
    to: Type.Array(email),
    readiness: Type.Integer(),
    open: Type.Integer(),
    overdue: Type.Integer(),
  },
  leavesTask: false,
  apply: (state, { month }) => ({ ...state, lastProgress: month }),
});
