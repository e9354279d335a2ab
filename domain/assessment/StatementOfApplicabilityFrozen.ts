import { Type } from 'typebox';
import { record } from '../registry/record.ts';
import { applicabilityEntries } from './requirement.ts';

/** The statement of applicability as a certification audit saw it. */
export const StatementOfApplicabilityFrozen = record('StatementOfApplicabilityFrozen', {
  data: { version: Type.Integer(), auditId: Type.String(), entries: applicabilityEntries },
  leavesTask: false,
  apply: (state, { version }) => ({ ...state, soaVersion: version }),
});
