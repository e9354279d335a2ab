import { date } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { changeCertificate } from './changing.ts';

/** R17: the time in which a lapsed certificate could be restored is over. */
export const RestorationEnded = record('RestorationEnded', {
  data: { lastDay: date },
  leavesTask: false,
  apply: (state, _data, { today }) =>
    changeCertificate(state, (one) => (one.status === 'lapsed' ? { ...one, restorationEndedOn: today } : one)),
});
