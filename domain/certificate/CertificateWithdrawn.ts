import { Type } from 'typebox';
import { record } from '../registry/record.ts';
import { changeCertificate } from './changing.ts';

/** R18: it ended before its time, for good. */
export const CertificateWithdrawn = record('CertificateWithdrawn', {
  data: { reason: Type.String() },
  leavesTask: false,
  apply: (state) => changeCertificate(state, (one) => ({ ...one, status: 'withdrawn' })),
});
