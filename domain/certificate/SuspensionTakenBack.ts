import { Type } from 'typebox';
import { date } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { changeCertificate } from './changing.ts';

/**
 * R18, R28: it was suspended over a major that had been verified in time, as was told later; R27: or that was a mistake, where
 * `verifiedOn` is absent. It was valid all along.
 */
export const SuspensionTakenBack = record('SuspensionTakenBack', {
  data: { findingId: Type.String(), verifiedOn: Type.Optional(date) },
  leavesTask: false,
  apply: (state) =>
    changeCertificate(state, (one) => {
      if (one.status !== 'suspended' && one.status !== 'lapsed') return one;
      const { suspendedOn: _, suspendedFor: __, ...rest } = one;
      return rest.status === 'lapsed' ? rest : { ...rest, status: 'valid' };
    }),
});
