import { Type } from 'typebox';
import { changeFinding } from '../changing.ts';
import { mustNotPrecede } from '../checks.ts';
import { mustShow, withFiles } from '../evidence/showing.ts';
import { withWork } from '../people/work.ts';
import { command } from '../registry/command.ts';
import { files, id, links, note, strict } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { organization } from '../registry/roles.ts';
import { happened, told } from '../registry/told.ts';
import { say } from '../say.ts';
import { askForVerification } from './asks.ts';
import { mustAnswerFor, nonconformity } from './judging.ts';

/** What shows that an action was done. */
const evidence = Type.Object({ links, files: Type.Optional(files), note }, strict);

export const reportCorrectiveActionDone = command('reportCorrectiveActionDone', {
  summary: 'Report the action done',
  payload: { findingId: id, evidence, ...happened },
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
    mustNotPrecede(draft, finding.raisedOn);
    mustShow(shown, 'evidence.');
    const { links: addresses, files: uploaded, note: said } = shown;
    const given = { links: addresses, ...withFiles(uploaded), note: said };
    draft.emit(CorrectiveActionDone, { findingId, evidence: given, ...draft.told });
    draft.complete('correctiveAction', { findingId }, say('actionReported', {}));
    askForVerification(draft, finding);
  },
});

export const CorrectiveActionDone = record('CorrectiveActionDone', {
  data: { findingId: Type.String(), evidence, ...told },
  leavesTask: false,
  apply(state, { findingId, on }, { today, actor }) {
    const done = changeFinding(state, findingId, (finding) =>
      finding.status === 'planAccepted' ? { ...finding, status: 'done', doneOn: on ?? today } : finding,
    );
    return withWork(done, actor, [state.findings[findingId]?.requirementId], on ?? today);
  },
});
