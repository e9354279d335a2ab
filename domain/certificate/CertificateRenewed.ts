import { record } from '../registry/record.ts';
import { certificate } from './certificate.ts';

/** R15: recertified before it expired. */
export const CertificateRenewed = record('CertificateRenewed', {
  data: { certificate },
  leavesTask: false,
  apply: (state, { certificate: renewed }) => ({ ...state, certificate: renewed }),
});
