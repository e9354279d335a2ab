import { Type } from 'typebox';
import { record } from '../registry/record.ts';
import { told } from '../registry/told.ts';
import { actedOn, changeCertificate } from './changing.ts';
import { withoutRecommendations } from './recommending.ts';

/** R18: its suspension has ended. */
export const CertificateReinstated = record('CertificateReinstated', {
  data: { reason: Type.String(), answers: Type.Optional(Type.Array(Type.String())), ...told },
  leavesTask: false,
  apply: (state, { answers, on }, { today }) =>
    changeCertificate(actedOn(withoutRecommendations(state, answers), on ?? today), (one) => {
      if (one.status !== 'suspended' && one.status !== 'lapsed') return one;
      const { suspendedOn: _, suspendedFor: __, ...rest } = one;
      return rest.status === 'lapsed' ? rest : { ...rest, status: 'valid', reinstatedOn: on ?? today };
    }),
});
