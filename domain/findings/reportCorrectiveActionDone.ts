import { Type } from 'typebox';
import { changeFinding } from '../changing.ts';
import { mustSay } from '../checks.ts';
import { command } from '../registry/command.ts';
import { id, links, note, strict } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { organization } from '../registry/roles.ts';
import { say } from '../say.ts';
import { askForVerification } from './asks.ts';
import { mustAnswerFor, nonconformity } from './judging.ts';

/** What shows that an action was done. */
const evidence = Type.Object({ links, note }, strict);

export const reportCorrectiveActionDone = command('reportCorrectiveActionDone', {
  summary: 'Report the action done',
  payload: { findingId: id, evidence },
  roles: organization,
  address: { does: 'act', path: '/findings/:findingId/done', gives: 'finding' },
  example: {
    at: 'planAccepted',
    by: 'owner',
    payload: {
      findingId: 'F-1',
      evidence: { links: ['https://docs.example.com/onboarding'], note: 'In use since April 1.' },
    },
  },
  decide(draft, { findingId, evidence: shown }) {
    const finding = nonconformity(draft, findingId, 'planAccepted');
    mustAnswerFor(draft, finding);
    if (shown.links.length === 0) mustSay(shown.note, 'evidence.note');
    draft.emit(CorrectiveActionDone, { findingId, evidence: shown });
    draft.complete('correctiveAction', { findingId }, say('actionReported', {}));
    askForVerification(draft, finding);
  },
});

export const CorrectiveActionDone = record('CorrectiveActionDone', {
  data: { findingId: Type.String(), evidence },
  leavesTask: false,
  apply: (state, { findingId }) =>
    changeFinding(state, findingId, (finding) =>
      finding.status === 'planAccepted' ? { ...finding, status: 'done' } : finding,
    ),
});
