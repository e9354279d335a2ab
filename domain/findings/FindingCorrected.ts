import { Type } from 'typebox';
import { changeFinding } from '../changing.ts';
import { record } from '../registry/record.ts';
import { told } from '../registry/told.ts';
import { finding, grades } from './finding.ts';
import { judgedOn } from './judging.ts';

/** R27: a finding is another than was recorded; what it was stays readable in the record that raised it. */
export const FindingCorrected = record('FindingCorrected', {
  data: {
    finding,
    previous: Type.Object({ grade: Type.Enum(grades), requirementId: Type.String(), statement: Type.String() }),
    reason: Type.String(),
    ...told,
  },
  leavesTask: false,
  apply: (state, { finding: corrected, on }, { today }) =>
    changeFinding(judgedOn(state, corrected.id, on ?? today), corrected.id, () => corrected),
});
