import { Type } from 'typebox';
import { isHeld, recommendations } from '../audits/audit.ts';
import { mustNotPrecede, mustSay } from '../checks.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { id, reason } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { bodySpeakers } from '../registry/roles.ts';
import { actOfBody, told } from '../registry/told.ts';
import { actedOn } from './changing.ts';
import {
  completeRecommendations,
  decidedOnRecommendation,
  mustNotHaveAudited,
  withoutRecommendations,
} from './recommending.ts';

/** R25: the team recommends, and whoever decides may see it otherwise. */
export const keepCertificate = command('keepCertificate', {
  summary: 'Keep it as it is, against what the audit team recommends (R25)',
  payload: { auditId: id, reason, ...actOfBody },
  roles: bodySpeakers,
  address: { does: 'act', path: '/certificate/keep', gives: 'certificate' },
  example: {
    at: 'suspensionRecommended',
    by: 'decisionMaker',
    payload: { auditId: 'A-4', reason: 'The corrective actions were verified since the audit.' },
  },
  decide(draft, { auditId, reason: why }) {
    const audit = draft.audit(auditId);
    mustSay(why, 'reason');
    if (!isHeld(audit) || !audit.recommends) refuse('state', 'nothingRecommended', { auditId });
    mustNotPrecede(draft, audit.outcomeOn ?? audit.endsOn);
    mustNotHaveAudited(draft);
    draft.emit(RecommendationDeclined, { auditId, recommends: audit.recommends, reason: why, ...draft.told });
    completeRecommendations(draft, [auditId], decidedOnRecommendation);
  },
});

/** R25: what an audit team recommended was not followed. */
export const RecommendationDeclined = record('RecommendationDeclined', {
  data: { auditId: Type.String(), recommends: Type.Enum(recommendations), reason: Type.String(), ...told },
  leavesTask: false,
  apply: (state, { auditId, on }, { today }) => actedOn(withoutRecommendations(state, [auditId]), on ?? today),
});
