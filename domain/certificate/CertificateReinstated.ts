import { Type } from 'typebox';
import { record } from '../registry/record.ts';
import { changeCertificate } from './changing.ts';

/** R18: its suspension has ended. */
export const CertificateReinstated = record('CertificateReinstated', {
  data: { reason: Type.String() },
  leavesTask: false,
  apply: (state) =>
    changeCertificate(state, (one) => {
      if (one.status !== 'suspended') return one;
      const { suspendedOn: _, ...rest } = one;
      return { ...rest, status: 'valid' };
    }),
});
