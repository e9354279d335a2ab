import { Type } from 'typebox';
import { date } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { suspensionGrounds } from './certificate.ts';
import { changeCertificate } from './changing.ts';

/** R18: it cannot be used until it is reinstated; `untilOn` is the last day for that. */
export const CertificateSuspended = record('CertificateSuspended', {
  data: { reason: Type.String(), untilOn: date, ground: Type.Enum(suspensionGrounds) },
  leavesTask: false,
  apply: (state, _data, { today }) =>
    changeCertificate(state, (one) =>
      one.status === 'valid' ? { ...one, status: 'suspended', suspendedOn: today } : one,
    ),
});
