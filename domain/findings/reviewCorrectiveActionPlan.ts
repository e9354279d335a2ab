import { Type } from 'typebox';
import { latest } from '../calendar.ts';
import { changeFinding } from '../changing.ts';
import { mustSay } from '../checks.ts';
import { command } from '../registry/command.ts';
import { id, note, verdict } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { auditors } from '../registry/roles.ts';
import { say } from '../say.ts';
import { askForAction, askForPlan, inReviewDays } from './asks.ts';
import { mustAuditFor, nonconformity } from './judging.ts';

export const reviewCorrectiveActionPlan = command('reviewCorrectiveActionPlan', {
  summary: 'Accept the plan or send it back',
  payload: { findingId: id, verdict, note },
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
    draft.emit(CorrectiveActionPlanReviewed, { findingId, verdict: decided, note: said });
    draft.complete('planReview', { findingId }, say('planReviewed', { verdict: decided }));
    if (decided === 'accept') askForAction(draft, finding);
    else askForPlan(draft, finding, latest(finding.planDueOn ?? draft.today, inReviewDays(draft)));
  },
});

/** A plan that was sent back is kept until the next one. */
export const CorrectiveActionPlanReviewed = record('CorrectiveActionPlanReviewed', {
  data: { findingId: Type.String(), verdict, note: Type.String() },
  leavesTask: false,
  apply: (state, { findingId, verdict: decided }) =>
    changeFinding(state, findingId, (finding) => {
      if (finding.status !== 'planned') return finding;
      return decided === 'accept' ? { ...finding, status: 'planAccepted' } : { ...finding, status: 'open' };
    }),
});
