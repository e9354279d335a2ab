import { Type } from 'typebox';
import { mustCount, mustNotBeAhead, mustSay } from '../checks.ts';
import { notThere, wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { date, id, name, reason, text } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { steering } from '../registry/roles.ts';

/** What of a review can be another than was recorded. */
const corrected = {
  heldOn: Type.Optional(date),
  attendees: Type.Optional(Type.Array(name, { minItems: 1, maxItems: 200 })),
  inputs: Type.Optional(text),
  decisions: Type.Optional(text),
};

export const correctManagementReview = command('correctManagementReview', {
  summary: 'Put a management review right: its day, who attended, what was said',
  payload: { reviewId: id, ...corrected, reason },
  roles: steering,
  address: { does: 'act', path: '/management-reviews/:reviewId/correct' },
  example: {
    at: 'certified',
    by: 'programManager',
    payload: { reviewId: 'R-1', heldOn: '2030-02-21', reason: 'The minutes are of the day before.' },
  },
  decide(draft, { reviewId, reason: why, ...given }) {
    const review = draft.state.reviews.find(({ id: one }) => one === reviewId);
    if (!review) notThere('noSuchReview', { reviewId });
    const { heldOn, inputs, decisions } = given;
    const isSame =
      Object.keys(given).every((field) => field === 'heldOn') && (heldOn ?? review.heldOn) === review.heldOn;
    if (isSame) wrong('empty', 'nothingCorrected', { id: reviewId }, 'heldOn');
    if (heldOn) {
      mustNotBeAhead(draft, heldOn, 'heldOn');
      mustCount(draft.state, heldOn, 'heldOn', 'review');
    }
    if (inputs !== undefined) mustSay(inputs, 'inputs');
    if (decisions !== undefined) mustSay(decisions, 'decisions');
    mustSay(why, 'reason');
    draft.emit(ManagementReviewCorrected, { reviewId, ...given, reason: why });
  },
});

/** What was recorded first stays readable in the record of the review; what comes around counts from the right day (R28). */
export const ManagementReviewCorrected = record('ManagementReviewCorrected', {
  data: { reviewId: Type.String(), ...corrected, reason: Type.String() },
  leavesTask: false,
  apply: (state, { reviewId, heldOn }) => ({
    ...state,
    reviews: state.reviews
      .map((review) => (review.id === reviewId && heldOn ? { ...review, heldOn } : review))
      .sort((a, b) => (a.heldOn < b.heldOn ? -1 : 1)),
  }),
});
