import { Type } from 'typebox';
import { changeFinding } from '../changing.ts';
import { date, email } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { deadlines } from './finding.ts';

/** R7, R28: a deadline that was recorded as missed was kept, as was told later. */
export const DeadlineMet = record('DeadlineMet', {
  data: { findingId: Type.String(), deadline: Type.Enum(deadlines), dueOn: date, metOn: date, to: Type.Array(email) },
  leavesTask: false,
  apply: (state, { findingId, deadline }) =>
    changeFinding(state, findingId, (finding) => ({
      ...finding,
      missed: finding.missed.filter((one) => one !== deadline),
    })),
});
