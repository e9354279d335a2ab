import { email } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { programDefinition } from './definition.ts';

/** A program was started. The state that it begins with is that of its definition. */
export const ProgramStarted = record('ProgramStarted', {
  data: { definition: programDefinition, startedBy: email },
  leavesTask: false,
  apply: (state) => state,
});
