import { Type } from 'typebox';
import { record } from '../registry/record.ts';
import { told } from '../registry/told.ts';
import { certificate } from './certificate.ts';

/** R17: recertified in time after it had lapsed. */
export const CertificateRestored = record('CertificateRestored', {
  data: { certificate, reason: Type.String(), ...told },
  leavesTask: false,
  apply: (state, { certificate: restored }) => ({ ...state, certificate: restored }),
});
