import { mustSay } from '../checks.ts';
import { wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { reason, text } from '../registry/fields.ts';
import { bodySpeakers } from '../registry/roles.ts';
import { actOfBody } from '../registry/told.ts';
import { say } from '../say.ts';
import { CertificateScopeChanged } from './CertificateScopeChanged.ts';
import { answersTo, completeRecommendations, decidedOnRecommendation, mustNotHaveAudited } from './recommending.ts';
import { certificateIn, endSuspension, mustFollowCertificate, mustNotBeOver } from './suspending.ts';
import { takeBackWithdrawal, withdrawnByClock } from './withdrawnByClock.ts';

/** R18: the scope without what failed is the alternative to a withdrawal, so a suspension ends with it. */
export const reduceScope = command('reduceScope', {
  summary: 'Reduce its scope by what failed; ends a suspension (R18)',
  payload: { statement: text, exclusions: text, reason, ...actOfBody },
  roles: bodySpeakers,
  address: { does: 'act', path: '/certificate/reduce-scope', gives: 'certificate' },
  example: {
    at: 'suspended',
    by: 'decisionMaker',
    payload: {
      statement: 'The assistant that customers talk to, in its text version.',
      exclusions: 'The voice version of the assistant.',
      reason: 'The voice version is developed elsewhere and could not be audited.',
    },
  },
  decide(draft, { statement, exclusions, reason: why }) {
    mustSay(statement, 'statement');
    mustSay(exclusions, 'exclusions');
    mustSay(why, 'reason');
    const { scope: previous } = withdrawnByClock(draft.state) ?? certificateIn(draft, 'valid', 'suspended');
    mustFollowCertificate(draft);
    mustNotHaveAudited(draft);
    mustNotBeOver(draft);
    if (previous.statement === statement && previous.exclusions === exclusions) {
      wrong('R18', 'scopeCertifiedAlready', {}, 'statement');
    }
    takeBackWithdrawal(draft);
    const scope = { statement, exclusions };
    const answered = answersTo(draft.state);
    draft.emit(CertificateScopeChanged, {
      change: 'reduced',
      scope,
      previous,
      reason: why,
      ...answered,
      ...draft.told,
    });
    completeRecommendations(draft, answered.answers, decidedOnRecommendation);
    const { on } = draft.told;
    endSuspension(draft, say('scopeReduced', { reason: why }), on ? { on } : {});
  },
});
