import { Type } from 'typebox';
import { mustSay } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { hasRole } from '../people/people.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { reason } from '../registry/fields.ts';
import { bodySpeakers, manager } from '../registry/roles.ts';
import { actOfBody } from '../registry/told.ts';
import { hasExpired } from '../rules/certificate.ts';
import { suspensionGrounds } from './certificate.ts';
import { mustNotHaveAudited } from './recommending.ts';
import {
  certificateIn,
  isSuspendedEarlier,
  mustFollowCertificate,
  mustNotBeLongOver,
  suspend,
  suspendEarlier,
  suspendLapsed,
} from './suspending.ts';

export const suspendCertificate = command('suspendCertificate', {
  summary: 'Suspend it',
  payload: { reason, ground: Type.Optional(Type.Enum(suspensionGrounds)), ...actOfBody },
  roles: [...manager, ...bodySpeakers],
  address: { does: 'act', path: '/certificate/suspend', gives: 'certificate' },
  example: {
    at: 'certified',
    by: 'decisionMaker',
    payload: { reason: 'The surveillance audit was declined three times.', ground: 'auditRefused' },
  },
  decide(draft, { reason: why, ground }) {
    mustSay(why, 'reason');
    const certificate = certificateIn(draft, ...suspendable(draft));
    const ofBody = hasRole(draft.state, draft.sender, ...bodySpeakers);
    if (ofBody) mustNotHaveAudited(draft);
    if (!ofBody && ground && ground !== 'onRequest') refuse('R18', 'groundIsTheBodys', { ground });
    mustFollowCertificate(draft, { evenBeforeRenewal: true });
    mustNotBeLongOver(draft);
    const because = ground ?? (ofBody ? 'failure' : 'onRequest');
    if (certificate.status === 'suspended') suspendEarlier(draft, why, because);
    else if (certificate.status === 'lapsed') suspendLapsed(draft, why, because);
    else suspend(draft, why, because, { ofBody });
  },
});

/** R28: what is valid, and what was so on the day that is told of and has lapsed since. */
function suspendable(draft: Draft): ('valid' | 'suspended' | 'lapsed')[] {
  const {
    state: { certificate },
    on,
  } = draft;
  if (hasRole(draft.state, draft.sender, ...bodySpeakers) && isSuspendedEarlier(draft)) return ['valid', 'suspended'];
  const lapsedSince = certificate?.status === 'lapsed' && !hasExpired(certificate, on) && !certificate.suspendedOn;
  return lapsedSince ? ['valid', 'lapsed'] : ['valid'];
}
