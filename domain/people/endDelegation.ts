import { Type } from 'typebox';
import type { Email } from '../basics.ts';
import { bodyRoles } from '../basics.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { email } from '../registry/fields.ts';
import { organization } from '../registry/roles.ts';
import { absenceOf } from './absence.ts';
import { DelegationEnded } from './DelegationEnded.ts';
import { mustBeTheirs } from './delegate.ts';
import { nameOf } from './people.ts';

export const endDelegation = command('endDelegation', {
  summary: 'End an absence before its last day, or call it off',
  payload: {
    email: Type.Optional(
      Type.Unsafe<Email>({
        ...email,
        description: 'Who is back; only a program manager names another. The sender if absent.',
      }),
    ),
  },
  roles: [...organization, ...bodyRoles],
  address: { does: 'act', path: '/delegations/end', gives: 'program' },
  example: { at: 'delegated', by: 'programManager', payload: { email: 'owner@example.com' } },
  decide(draft, { email: away = draft.sender }) {
    mustBeTheirs(draft, away);
    const known = absenceOf(draft.state, away);
    if (!known) refuse('state', 'notAway', { name: nameOf(draft.state, away) });
    draft.emit(DelegationEnded, { email: away, deputy: known.deputy, why: 'early' });
  },
});
