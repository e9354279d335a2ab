import { Type } from 'typebox';
import { record } from '../registry/record.ts';
import { applicabilityEntries } from './requirement.ts';

const counts = Type.Object({
  conforms: Type.Integer(),
  partial: Type.Integer(),
  missing: Type.Integer(),
  notApplicable: Type.Integer(),
});

/** Every requirement is rated; the statement of applicability begins with the ratings of the controls. */
export const GapAssessmentCompleted = record('GapAssessmentCompleted', {
  data: { counts, effortDays: Type.Number(), applicability: applicabilityEntries },
  leavesTask: false,
  apply: (state, { applicability }, { today }) => ({ ...state, applicability, gapAssessmentCompletedOn: today }),
});
