import { Type } from 'typebox';
import { takeBackOutdated } from '../audits/outdated.ts';
import { changeFinding } from '../changing.ts';
import { mustNotPrecede, mustSay } from '../checks.ts';
import { mustDiffer, withFiles } from '../evidence/showing.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { date, files, id, note } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { auditors } from '../registry/roles.ts';
import { actOfBody, told } from '../registry/told.ts';
import { responseDeadlines } from '../rules/findings.ts';
import { say } from '../say.ts';
import { askForPlan, deadlinesFrom } from './asks.ts';
import { takeBackMissed } from './deadlines.ts';
import { isUnverified, needsNoAction } from './finding.ts';
import { judgedOn, mustAuditFor, nonconformity } from './judging.ts';
import { takeBackRaise } from './raises.ts';
import { reopened } from './reopening.ts';

export const verifyFinding = command('verifyFinding', {
  summary: 'Say whether the action was effective',
  payload: { findingId: id, effective: Type.Boolean(), note, files: Type.Optional(files), ...actOfBody },
  roles: auditors,
  address: { does: 'act', path: '/findings/:findingId/verify', gives: 'finding' },
  example: {
    at: 'actionDone',
    by: 'leadAuditor',
    payload: { findingId: 'F-1', effective: true, note: 'Records seen for everybody who joined since.' },
  },
  decide(draft, { findingId, effective, note: said, files: uploaded }) {
    const finding = nonconformity(draft, findingId, 'done', 'verified');
    mustAuditFor(draft, finding);
    const effectivenessOn = finding.plan?.effectivenessOn;
    mustNotPrecede(draft, ('doneOn' in finding ? finding.doneOn : undefined) ?? finding.raisedOn);
    const isCheckAhead = effectivenessOn !== undefined && effectivenessOn > draft.on;
    if (finding.status === 'verified' && effective && isCheckAhead) {
      refuse('effectiveness', 'checkedLater', { findingId, effectivenessOn });
    }
    if (!effective) mustSay(said, 'note');
    mustDiffer(uploaded);
    const closed = effective && !isCheckAhead;
    const again = effective ? undefined : deadlinesFrom(draft, finding);
    draft.emit(FindingVerified, {
      findingId,
      effective,
      note: said,
      ...withFiles(uploaded),
      closed,
      ...again,
      ...draft.told,
    });
    if (effective && isUnverified(finding)) {
      takeBackMissed(draft, finding, 'verification');
      takeBackOutdated(draft);
      takeBackRaise(draft, finding);
    }
    draft.complete('verification', { findingId }, say('actionVerified', { effective }));
    draft.complete('effectivenessCheck', { findingId }, say('effectivenessChecked', { effective }));
    if (again) askForPlan(draft, finding, again.planDueOn);
  },
});

/** Not `closed` while its effectiveness is to be checked later; not effective, it begins with a new plan. */
export const FindingVerified = record('FindingVerified', {
  data: {
    findingId: Type.String(),
    effective: Type.Boolean(),
    note: Type.String(),
    files: Type.Optional(files),
    closed: Type.Boolean(),
    planDueOn: Type.Optional(date),
    verifyDueOn: Type.Optional(date),
    ...told,
  },
  leavesTask: false,
  apply: (state, { findingId, effective, closed, planDueOn, verifyDueOn, on }, { today }) =>
    changeFinding(judgedOn(state, findingId, on ?? today), findingId, (finding) => {
      if (needsNoAction(finding)) return finding;
      if (!effective) {
        // Records made before these dates were told in them counted them by R7 alone.
        const byR7 = responseDeadlines(finding.grade, today, state.body.profile);
        return reopened(finding, planDueOn ? { planDueOn, verifyDueOn } : byR7);
      }
      const before = isUnverified(finding) ? {} : { verifiedOn: finding.verifiedOn ?? finding.closedOn };
      return { ...finding, status: closed ? 'closed' : 'verified', closedOn: on ?? today, ...before };
    }),
});
