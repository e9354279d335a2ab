import { Type } from 'typebox';
import { mapped } from '../changing.ts';
import { scope } from '../program/scope.ts';
import { record } from '../registry/record.ts';
import { told } from '../registry/told.ts';
import { actedOn, changeCertificate } from './changing.ts';
import { withoutRecommendations } from './recommending.ts';

/** R18: reduced by what failed; R19: extended by a decision on a special audit. */
export const CertificateScopeChanged = record('CertificateScopeChanged', {
  data: {
    change: Type.Enum(['reduced', 'extended'] as const),
    scope,
    previous: scope,
    reason: Type.String(),
    answers: Type.Optional(Type.Array(Type.String())),
    ...told,
  },
  leavesTask: false,
  apply: (before, { scope: changed, answers, on }, { today }) => {
    const state = actedOn(withoutRecommendations(before, answers), on ?? today);
    return {
      ...changeCertificate(state, (one) => ({ ...one, scope: changed })),
      scope: changed,
      // R29: a recertification that is not decided yet renews what is certified now.
      audits: mapped(state.audits, (audit) =>
        audit.auditedScope && audit.cycle === state.certificate?.cycle ? { ...audit, auditedScope: changed } : audit,
      ),
    };
  },
});
