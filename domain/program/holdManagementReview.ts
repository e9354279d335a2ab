import { Type } from 'typebox';
import { counted } from '../changing.ts';
import { mustCount, mustHaveBegun, mustNotBeAhead, mustNotBePast, mustSay } from '../checks.ts';
import { mustDiffer, withFiles } from '../evidence/showing.ts';
import { mustBeOfOrganization } from '../people/people.ts';
import { wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { date, email, files, name, strict, text } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { steering } from '../registry/roles.ts';
import { say } from '../say.ts';

/** How many reviews a program carries; all are in the register. */
const mostReviews = 8;

const action = Type.Object({ title: name, assignee: email, dueOn: date }, strict);

export const holdManagementReview = command('holdManagementReview', {
  summary: 'Record a management review that was held',
  payload: {
    heldOn: date,
    attendees: Type.Array(name, { minItems: 1, maxItems: 200 }),
    inputs: text,
    decisions: text,
    actions: Type.Array(action, { maxItems: 100 }),
    files: Type.Optional(files),
  },
  roles: steering,
  address: { does: 'create', path: '/management-reviews' },
  example: {
    at: 'stage1Planned',
    by: 'programManager',
    payload: {
      heldOn: '2030-01-15',
      attendees: ['Tom', 'Sue', 'Mia'],
      inputs: 'Results of the internal audit, incidents, feedback of customers, and how far the objectives were met.',
      decisions: 'The objectives stay. A second person learns to retrain the assistant.',
      actions: [{ title: 'Train a second person', assignee: 'owner@example.com', dueOn: '2030-03-29' }],
    },
  },
  decide(draft, { heldOn, attendees, inputs, decisions, actions, files: uploaded }) {
    mustHaveBegun(draft.state);
    mustNotBeAhead(draft, heldOn, 'heldOn');
    mustCount(draft.state, heldOn, 'heldOn', 'review');
    mustSay(inputs, 'inputs');
    mustSay(decisions, 'decisions');
    if (attendees.length === 0) wrong('empty', 'noAttendees', {}, 'attendees');
    for (const [index, { title, assignee, dueOn }] of actions.entries()) {
      mustSay(title, `actions[${index}].title`);
      mustBeOfOrganization(draft.state, assignee, `actions[${index}].assignee`);
      mustNotBePast(draft, dueOn, `actions[${index}].dueOn`);
    }
    mustDiffer(uploaded);
    const id = draft.newId('R');
    draft.emit(ManagementReviewHeld, { id, heldOn, attendees, inputs, decisions, actions, ...withFiles(uploaded) });
    draft.complete('managementReview', {}, say('reviewHeld', { reviewId: id, heldOn }));
    for (const one of actions) draft.openTask({ kind: 'manual', ...one }, say('actionOfReview', { reviewId: id }));
  },
});

export const ManagementReviewHeld = record('ManagementReviewHeld', {
  data: {
    id: Type.String(),
    heldOn: date,
    attendees: Type.Array(Type.String()),
    inputs: Type.String(),
    decisions: Type.String(),
    actions: Type.Array(Type.Object({ title: Type.String(), assignee: email, dueOn: date })),
    files: Type.Optional(files),
  },
  leavesTask: false,
  creates: ({ id }) => ({ reviewId: id }),
  apply: (state, { id, heldOn }) => ({
    ...state,
    reviews: [...state.reviews, { id, heldOn }].sort((a, b) => (a.heldOn < b.heldOn ? -1 : 1)).slice(-mostReviews),
    counters: counted(state, id),
  }),
});
