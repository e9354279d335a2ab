import { Type } from 'typebox';
import { scope } from '../program/scope.ts';
import { record } from '../registry/record.ts';
import { changeCertificate } from './changing.ts';

/** R18: reduced by what failed; R19: extended by a decision on a special audit. */
export const CertificateScopeChanged = record('CertificateScopeChanged', {
  data: { change: Type.Enum(['reduced', 'extended'] as const), scope, previous: scope, reason: Type.String() },
  leavesTask: false,
  apply: (state, { scope: changed }) => ({
    ...changeCertificate(state, (one) => ({ ...one, scope: changed })),
    scope: changed,
  }),
});
