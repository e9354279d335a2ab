import { date } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { isLive } from './certificate.ts';
import { changeCertificate } from './changing.ts';
import { withoutRecommendations } from './recommending.ts';

/** R16: its last day passed, and it was not renewed. */
export const CertificateLapsed = record('CertificateLapsed', {
  data: { lastDay: date },
  leavesTask: false,
  apply: (state, { lastDay }) =>
    changeCertificate(withoutRecommendations(state, 'all'), (one) =>
      isLive(one) ? { ...one, status: 'lapsed', lapsedOn: lastDay } : one,
    ),
});
