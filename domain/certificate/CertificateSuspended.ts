import { Type } from 'typebox';
import { date } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { told } from '../registry/told.ts';
import { suspensionGrounds } from './certificate.ts';
import { actedOn, changeCertificate } from './changing.ts';
import { withoutRecommendations } from './recommending.ts';

/** R18: it cannot be used until it is reinstated; `untilOn` is the last day for that. */
export const CertificateSuspended = record('CertificateSuspended', {
  data: {
    reason: Type.String(),
    untilOn: date,
    ground: Type.Enum(suspensionGrounds),
    findingId: Type.Optional(Type.String()),
    answers: Type.Optional(Type.Array(Type.String())),
    ...told,
  },
  leavesTask: false,
  apply: (state, { answers, findingId, on }, { today }) =>
    changeCertificate(actedOn(withoutRecommendations(state, answers), on ?? today), (one) => {
      const suspendedOn = on ?? today;
      if (one.status === 'valid') {
        const { reinstatedOn: _, ...rest } = one;
        return { ...rest, status: 'suspended', suspendedOn, ...(findingId ? { suspendedFor: findingId } : {}) };
      }
      // It was suspended before the clock suspended it, or before it lapsed, and that was told later.
      if (one.status === 'suspended') {
        const { suspendedFor: _, ...rest } = one;
        return { ...rest, suspendedOn };
      }
      return one.status === 'lapsed' ? { ...one, suspendedOn } : one;
    }),
});
