import { Type } from 'typebox';
import type { IsoDate } from '../basics.ts';
import { latest } from '../calendar.ts';
import { changeFinding } from '../changing.ts';
import { mustNotPrecede, mustSay } from '../checks.ts';
import { command } from '../registry/command.ts';
import { date, id, note, verdict } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { auditors } from '../registry/roles.ts';
import { actOfBody, told } from '../registry/told.ts';
import { say } from '../say.ts';
import { askForAction, askForPlan, inReviewDays } from './asks.ts';
import type { Nonconformity } from './finding.ts';
import { judgedOn, mustAuditFor, nonconformity } from './judging.ts';

export const reviewCorrectiveActionPlan = command('reviewCorrectiveActionPlan', {
  summary: 'Accept the plan or send it back',
  payload: { findingId: id, verdict, note, ...actOfBody },
  roles: auditors,
  address: { does: 'act', path: '/findings/:findingId/plan-review', gives: 'finding' },
  example: {
    at: 'planSubmitted',
    by: 'leadAuditor',
    payload: { findingId: 'F-1', verdict: 'accept', note: 'The action removes the cause.' },
  },
  decide(draft, { findingId, verdict: decided, note: said }) {
    const finding = nonconformity(draft, findingId, 'planned');
    mustAuditFor(draft, finding);
    if (decided === 'reject') mustSay(said, 'note');
    mustNotPrecede(draft, finding.raisedOn);
    // R7: a plan that was sent back has a day of its own.
    const planDueOn = latest(finding.planDueOn ?? draft.today, inReviewDays(draft, finding));
    const again = decided === 'reject' ? { planDueOn } : {};
    draft.emit(CorrectiveActionPlanReviewed, { findingId, verdict: decided, note: said, ...again, ...draft.told });
    draft.complete('planReview', { findingId }, say('planReviewed', { verdict: decided }));
    if (decided === 'accept') askForAction(draft, finding);
    else askForPlan(draft, finding, planDueOn);
  },
});

/** A plan that was sent back is kept until the next one, which has until `planDueOn`. */
export const CorrectiveActionPlanReviewed = record('CorrectiveActionPlanReviewed', {
  data: { findingId: Type.String(), verdict, note: Type.String(), planDueOn: Type.Optional(date), ...told },
  leavesTask: false,
  apply: (state, { findingId, verdict: decided, planDueOn, on }, { today }) =>
    changeFinding(judgedOn(state, findingId, on ?? today), findingId, (finding) => {
      if (finding.status !== 'planned') return finding;
      if (decided === 'accept') return { ...finding, status: 'planAccepted', acceptedOn: on ?? today };
      return { ...finding, status: 'open', ...(planDueOn ? asked(finding, planDueOn) : {}) };
    }),
});

/** What is asked for anew can be missed anew. */
function asked({ missed }: Nonconformity, planDueOn: IsoDate): Pick<Nonconformity, 'planDueOn' | 'missed'> {
  return { planDueOn, missed: missed.filter((deadline) => deadline !== 'plan') };
}
