import { Type } from 'typebox';
import { date } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { told } from '../registry/told.ts';
import { actedOn, changeCertificate } from './changing.ts';
import { withoutRecommendations } from './recommending.ts';

/** R18: it ended before its time. `toldUntil`: the clock withdrew it, and it can be told until then that this was wrong. */
export const CertificateWithdrawn = record('CertificateWithdrawn', {
  data: {
    reason: Type.String(),
    answers: Type.Optional(Type.Array(Type.String())),
    toldUntil: Type.Optional(date),
    ...told,
  },
  leavesTask: false,
  apply: (state, { answers, toldUntil, on }, { today }) =>
    changeCertificate(actedOn(withoutRecommendations(state, answers), on ?? today), (one) => ({
      ...one,
      status: 'withdrawn',
      ...(toldUntil ? { toldUntil } : {}),
    })),
});
