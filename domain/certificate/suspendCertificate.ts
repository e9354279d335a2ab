import { Type } from 'typebox';
import { mustSay } from '../checks.ts';
import { hasRole } from '../people/people.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { reason } from '../registry/fields.ts';
import { bodySpeakers, manager } from '../registry/roles.ts';
import { suspensionGrounds } from './certificate.ts';
import { certificateIn, suspend } from './suspending.ts';

export const suspendCertificate = command('suspendCertificate', {
  summary: 'Suspend it',
  payload: { reason, ground: Type.Optional(Type.Enum(suspensionGrounds)) },
  roles: [...manager, ...bodySpeakers],
  address: { does: 'act', path: '/certificate/suspend', gives: 'certificate' },
  example: {
    at: 'certified',
    by: 'leadAuditor',
    payload: { reason: 'The surveillance audit was declined three times.', ground: 'auditRefused' },
  },
  decide(draft, { reason: why, ground }) {
    mustSay(why, 'reason');
    certificateIn(draft, 'valid');
    const ofBody = hasRole(draft.state, draft.actor.email, ...bodySpeakers);
    if (!ofBody && ground && ground !== 'onRequest') refuse('R18', 'groundIsTheBodys', { ground });
    suspend(draft, why, ground ?? (ofBody ? 'failure' : 'onRequest'));
  },
});
