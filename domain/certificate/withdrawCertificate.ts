import { mustSay } from '../checks.ts';
import { command } from '../registry/command.ts';
import { reason } from '../registry/fields.ts';
import { bodySpeakers } from '../registry/roles.ts';
import { actOfBody } from '../registry/told.ts';
import { mustNotHaveAudited } from './recommending.ts';
import { certificateIn, mustFollowCertificate, withdraw } from './suspending.ts';

export const withdrawCertificate = command('withdrawCertificate', {
  summary: 'Withdraw it',
  payload: { reason, ...actOfBody },
  roles: bodySpeakers,
  address: { does: 'act', path: '/certificate/withdraw', gives: 'certificate' },
  example: {
    at: 'suspended',
    by: 'decisionMaker',
    payload: { reason: 'The organization has given up the certified activity.' },
  },
  decide(draft, { reason: why }) {
    mustSay(why, 'reason');
    certificateIn(draft, 'valid', 'suspended', 'lapsed');
    mustFollowCertificate(draft);
    mustNotHaveAudited(draft);
    withdraw(draft, why);
  },
});
