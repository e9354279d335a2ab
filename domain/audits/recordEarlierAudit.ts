import { enterAudit } from '../adoption/heldAudits.ts';
import { mustBeDate, mustBeUnique, mustCount, mustEndAfterStart } from '../checks.ts';
import { refuse, wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { date, team } from '../registry/fields.ts';
import { manager } from '../registry/roles.ts';
import { say } from '../say.ts';

export const recordEarlierAudit = command('recordEarlierAudit', {
  summary: 'Enter the last internal audit before the program was taken over',
  payload: { startsOn: date, endsOn: date, team },
  roles: [...manager, 'internalAuditor'],
  address: { does: 'create', path: '/audits/earlier', gives: 'audit' },
  example: {
    at: 'adopted',
    by: 'programManager',
    payload: { startsOn: '2029-11-19', endsOn: '2029-11-20', team: ['internal@example.com'] },
  },
  decide(draft, { startsOn, endsOn, team: auditors }) {
    const [task] = draft.openTasksOf('earlierAudit', {});
    if (!task) refuse('state', 'noEarlierAuditAsked', {});
    mustBeDate(startsOn, 'startsOn');
    mustBeDate(endsOn, 'endsOn');
    mustEndAfterStart(startsOn, endsOn);
    mustCount(draft.state, startsOn, 'startsOn', 'internalAudit');
    mustBeUnique(auditors, 'team', 'person');
    const { openedOn: takenOverOn } = task;
    if (endsOn > takenOverOn) wrong('dates', 'heldAfterTakeover', { endsOn, takenOverOn }, 'endsOn');
    enterAudit(draft, { kind: 'internal', startsOn, endsOn, result: 'completed', team: auditors });
    draft.complete('earlierAudit', {}, say('internalAuditEntered', { endsOn }));
  },
});
