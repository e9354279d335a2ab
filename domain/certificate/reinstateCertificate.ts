import { mustSay } from '../checks.ts';
import { command } from '../registry/command.ts';
import { reason } from '../registry/fields.ts';
import { bodySpeakers } from '../registry/roles.ts';
import { certificateIn, endSuspension, mustBeResolved } from './suspending.ts';

export const reinstateCertificate = command('reinstateCertificate', {
  summary: 'End the suspension',
  payload: { reason },
  roles: bodySpeakers,
  address: { does: 'act', path: '/certificate/reinstate', gives: 'certificate' },
  example: {
    at: 'suspended',
    by: 'leadAuditor',
    payload: { reason: 'The corrective actions were verified on site.' },
  },
  decide(draft, { reason: why }) {
    mustSay(why, 'reason');
    certificateIn(draft, 'suspended');
    mustBeResolved(draft);
    endSuspension(draft, why);
  },
});
