import { Type } from 'typebox';
import { record } from '../registry/record.ts';

/** Something that is allowed and unusual, in the words in which the sender was warned. */
export const WarningNoted = record('WarningNoted', {
  data: { code: Type.String(), text: Type.String() },
  leavesTask: false,
  apply: (state) => state,
});
