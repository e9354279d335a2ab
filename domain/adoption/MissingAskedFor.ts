import { record } from '../registry/record.ts';

/** What was not known when the program was taken over was asked for; the tasks are records of their own. */
export const MissingAskedFor = record('MissingAskedFor', {
  data: {},
  leavesTask: false,
  apply: ({ unasked: _, ...state }) => state,
});
