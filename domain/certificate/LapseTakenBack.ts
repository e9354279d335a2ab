import { date } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { changeCertificate } from './changing.ts';
import { withRecommendations } from './recommending.ts';

/** R16, R28: it did not lapse: it was recertified by its last day, and that was told later. */
export const LapseTakenBack = record('LapseTakenBack', {
  data: { lastDay: date, decidedOn: date },
  leavesTask: false,
  apply: (state) =>
    withRecommendations(
      changeCertificate(state, (one) => {
        if (one.status !== 'lapsed') return one;
        const { lapsedOn: _, restorationEndedOn: __, suspendedOn, suspendedFor, ...rest } = one;
        if (!suspendedOn) return { ...rest, status: 'valid' };
        return { ...rest, status: 'suspended', suspendedOn, ...(suspendedFor ? { suspendedFor } : {}) };
      }),
    ),
});
