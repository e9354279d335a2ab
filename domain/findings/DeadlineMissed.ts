import { Type } from 'typebox';
import { changeFinding } from '../changing.ts';
import { date, email } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { deadlines } from './finding.ts';

/** R7: a deadline of a nonconformity passed, and what was owed until then was not there. */
export const DeadlineMissed = record('DeadlineMissed', {
  data: { findingId: Type.String(), deadline: Type.Enum(deadlines), dueOn: date, to: Type.Array(email) },
  leavesTask: false,
  apply: (state, { findingId, deadline }) =>
    changeFinding(state, findingId, (finding) => ({ ...finding, missed: [...finding.missed, deadline] })),
});
