import { mustSay } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { reason } from '../registry/fields.ts';
import { bodySpeakers } from '../registry/roles.ts';
import { actOfBody } from '../registry/told.ts';
import { hasExpired, suspensionEndsOn } from '../rules/certificate.ts';
import type { LapsedCertificate } from './certificate.ts';
import { mustNotHaveAudited } from './recommending.ts';
import { certificateIn, endSuspension, mustBeResolved, mustFollowCertificate, mustNotBeOver } from './suspending.ts';
import { takeBackWithdrawal, withdrawnByClock } from './withdrawnByClock.ts';

export const reinstateCertificate = command('reinstateCertificate', {
  summary: 'End the suspension',
  payload: { reason, ...actOfBody },
  roles: bodySpeakers,
  address: { does: 'act', path: '/certificate/reinstate', gives: 'certificate' },
  example: {
    at: 'suspended',
    by: 'decisionMaker',
    payload: { reason: 'The corrective actions were verified on site.' },
  },
  decide(draft, { reason: why }) {
    mustSay(why, 'reason');
    const { certificate } = draft.state;
    const isLapsed = certificate?.status === 'lapsed' && isOfBefore(draft, certificate);
    if (certificate?.status === 'valid') refuse('state', 'nothingToReinstate', {});
    const isWithdrawn = withdrawnByClock(draft.state) !== undefined;
    if (!isLapsed && !isWithdrawn) certificateIn(draft, 'suspended');
    mustFollowCertificate(draft, { evenBeforeRenewal: true });
    mustNotHaveAudited(draft);
    if (isWithdrawn) mustNotBeOver(draft);
    takeBackWithdrawal(draft);
    mustBeResolved(draft);
    endSuspension(draft, why);
  },
});

/**
 * R28: suspended as it lapsed, and reinstated before that; or in the time for it (R18), which is over, so that a renewal that
 * is told later would be withdrawn at once.
 */
function isOfBefore(draft: Draft, certificate: LapsedCertificate): boolean {
  const { suspendedOn } = certificate;
  if (!suspendedOn) return false;
  return !hasExpired(certificate, draft.on) || draft.today > suspensionEndsOn(suspendedOn, draft.state.body.profile);
}
