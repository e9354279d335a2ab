import { Type } from 'typebox';
import { changeFinding } from '../changing.ts';
import { mustBeDate, mustNotPrecede, mustSay } from '../checks.ts';
import { withWork } from '../people/work.ts';
import { wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { date, id, text } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { organization } from '../registry/roles.ts';
import { happened, told } from '../registry/told.ts';
import { endServed } from '../rules/certificate.ts';
import { say } from '../say.ts';
import { askForPlanReview } from './asks.ts';
import { takeBackMissed } from './deadlines.ts';
import { correctiveActionPlan, isUnverified } from './finding.ts';
import { mustAnswerFor, nonconformity } from './judging.ts';
import { isOfBodyFinding } from './queries.ts';

export const planCorrectiveAction = command('planCorrectiveAction', {
  summary: 'Submit the corrective action plan',
  payload: {
    findingId: id,
    correction: text,
    rootCause: text,
    similarCases: text,
    action: text,
    dueOn: date,
    effectivenessOn: Type.Optional(date),
    ...happened,
  },
  roles: organization,
  address: { does: 'act', path: '/findings/:findingId/plan', gives: 'finding' },
  example: {
    at: 'findingRaised',
    by: 'owner',
    payload: {
      findingId: 'F-1',
      correction: 'Both developers were trained on March 8.',
      rootCause: 'Developers who join after the yearly training are not told about it.',
      similarCases: 'Nobody else has joined since the last training.',
      action: 'Training on the AI policy becomes part of onboarding.',
      dueOn: '2030-04-15',
      effectivenessOn: '2030-10-15',
    },
  },
  decide(draft, { findingId, ...given }) {
    const finding = nonconformity(draft, findingId, 'open', 'planned');
    mustAnswerFor(draft, finding);
    const { correction, rootCause, similarCases, action, dueOn, effectivenessOn } = given;
    mustSay(correction, 'correction');
    mustSay(rootCause, 'rootCause');
    mustSay(similarCases, 'similarCases');
    mustSay(action, 'action');
    mustNotPrecede(draft, finding.raisedOn);
    mustBeDate(dueOn, 'dueOn');
    if (dueOn < draft.on) wrong('dates', 'beforeWhatItFollows', { on: dueOn, after: draft.on }, 'dueOn');
    if (effectivenessOn) {
      mustBeDate(effectivenessOn, 'effectivenessOn');
      if (effectivenessOn < dueOn) {
        wrong('dates', 'checkedBeforeDone', { effectivenessOn, dueOn }, 'effectivenessOn');
      }
    }
    // Once that day has passed, a plan that comes late is better than none.
    const { verifyDueOn } = finding;
    if (verifyDueOn && draft.on <= verifyDueOn && dueOn > verifyDueOn && isOfBodyFinding(draft.state, finding)) {
      wrong('R7', 'majorVerifiedUntil', { verifyDueOn }, 'dueOn');
    }
    const end = finding.grade === 'major' && isOfBodyFinding(draft.state, finding) && endServed(draft.state);
    if (end && draft.today <= end && dueOn > end) wrong('R31', 'pastItsEnd', { dueOn, end }, 'dueOn');
    const checked = effectivenessOn ? { effectivenessOn } : {};
    const plan = { correction, rootCause, similarCases, action, dueOn, ...checked };
    draft.emit(CorrectiveActionPlanned, { findingId, plan, ...draft.told });
    takeBackMissed(draft, finding, 'plan');
    draft.complete('correctiveActionPlan', { findingId }, say('planSubmitted', {}));
    draft.complete('planReview', { findingId }, say('newPlanSubmitted', {}));
    askForPlanReview(draft, finding);
  },
});

export const CorrectiveActionPlanned = record('CorrectiveActionPlanned', {
  data: { findingId: Type.String(), plan: correctiveActionPlan, ...told },
  leavesTask: false,
  apply(state, { findingId, plan }, { today, actor }) {
    const planned = changeFinding(state, findingId, (finding) =>
      isUnverified(finding) ? { ...finding, status: 'planned', plan } : finding,
    );
    return withWork(planned, actor, [state.findings[findingId]?.requirementId], today);
  },
});
