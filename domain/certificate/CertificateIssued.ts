import { record } from '../registry/record.ts';
import { certificate } from './certificate.ts';

/** The first certificate, or a new one after one that came to its end. */
export const CertificateIssued = record('CertificateIssued', {
  data: { certificate },
  leavesTask: false,
  apply: (state, { certificate: issued }) => ({ ...state, certificate: issued }),
});
