import { Type } from 'typebox';
import { addDays } from '../calendar.ts';
import { changeFinding } from '../changing.ts';
import { mustSay } from '../checks.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { id, note } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { auditors } from '../registry/roles.ts';
import { say } from '../say.ts';
import { askForPlan } from './asks.ts';
import { mustAuditFor, nonconformity } from './judging.ts';
import { reopened } from './reopening.ts';

export const verifyFinding = command('verifyFinding', {
  summary: 'Say whether the action was effective',
  payload: { findingId: id, effective: Type.Boolean(), note },
  roles: auditors,
  address: { does: 'act', path: '/findings/:findingId/verify', gives: 'finding' },
  example: {
    at: 'actionDone',
    by: 'leadAuditor',
    payload: { findingId: 'F-1', effective: true, note: 'Records seen for everybody who joined since.' },
  },
  decide(draft, { findingId, effective, note: said }) {
    const finding = nonconformity(draft, findingId, 'done', 'verified');
    mustAuditFor(draft, finding);
    const effectivenessOn = finding.plan?.effectivenessOn;
    const isCheckAhead = effectivenessOn !== undefined && effectivenessOn > draft.today;
    if (finding.status === 'verified' && effective && isCheckAhead) {
      refuse('effectiveness', 'checkedLater', { findingId, effectivenessOn });
    }
    if (!effective) mustSay(said, 'note');
    draft.emit(FindingVerified, { findingId, effective, note: said, closed: effective && !isCheckAhead });
    draft.complete('verification', { findingId }, say('actionVerified', { effective }));
    draft.complete('effectivenessCheck', { findingId }, say('effectivenessChecked', { effective }));
    if (!effective) askForPlan(draft, finding, addDays(draft.today, draft.state.body.profile.planDays));
  },
});

/** Not `closed` while its effectiveness is to be checked later; not effective, it begins with a new plan. */
export const FindingVerified = record('FindingVerified', {
  data: { findingId: Type.String(), effective: Type.Boolean(), note: Type.String(), closed: Type.Boolean() },
  leavesTask: false,
  apply: (state, { findingId, effective, closed }, { today }) =>
    changeFinding(state, findingId, (finding) => {
      if (finding.status === 'noted') return finding;
      if (!effective) return reopened(finding, today, state.body.profile);
      return { ...finding, status: closed ? 'closed' : 'verified', closedOn: today };
    }),
});
