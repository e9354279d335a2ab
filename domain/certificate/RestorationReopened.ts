import { date } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { changeCertificate } from './changing.ts';

/** R17, R28: the time for restoring had not ended unused: the decision came in it, and that was told later. */
export const RestorationReopened = record('RestorationReopened', {
  data: { lastDay: date, decidedOn: date },
  leavesTask: false,
  apply: (state) =>
    changeCertificate(state, (one) => {
      if (one.status !== 'lapsed') return one;
      const { restorationEndedOn: _, ...rest } = one;
      return rest;
    }),
});
