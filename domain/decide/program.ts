import { daysBetween } from '../calendar.ts';
import { mustBeOfOrganization } from '../people.ts';
import { refuse, wrong } from '../rejection.ts';
import { mustBeDate, mustCount, mustHaveBegun, mustNotBeAhead, mustNotBePast, mustSay } from './checks.ts';
import type { Deciders } from './handler.ts';

/** Commands about the program itself: pause and end, management reviews, and what it notes for itself. */
export const programDeciders: Deciders<
  'pause' | 'resume' | 'cancel' | 'holdManagementReview' | 'recordHolidays' | 'noteRejection'
> = {
  pause(draft, { reason }) {
    mustHaveBegun(draft.state);
    mustSay(reason, 'reason');
    if (draft.state.status === 'paused') refuse('state', `The program is paused since ${draft.state.pausedOn}.`);
    draft.emit({ type: 'ProgramPaused', data: { reason } });
  },

  resume(draft, { reason }) {
    mustSay(reason, 'reason');
    if (draft.state.status !== 'paused') refuse('state', `The program is ${draft.state.status}, not paused.`);
    const days = daysBetween(draft.state.pausedOn as string, draft.today);
    draft.emit({ type: 'ProgramResumed', data: { reason, days } });
  },

  cancel(draft, { reason }) {
    mustSay(reason, 'reason');
    draft.cancelTasks({}, 'The program was cancelled.');
    draft.emit({ type: 'ProgramCancelled', data: { reason } });
  },

  holdManagementReview(draft, { heldOn, attendees, inputs, decisions, actions }) {
    mustHaveBegun(draft.state);
    mustNotBeAhead(draft, heldOn, 'heldOn');
    mustCount(draft.state, heldOn, 'heldOn', 'review');
    mustSay(inputs, 'inputs');
    mustSay(decisions, 'decisions');
    if (attendees.length === 0) wrong('empty', 'attendees: name who took part in the review.');
    for (const [index, action] of actions.entries()) {
      mustSay(action.title, `actions[${index}].title`);
      mustBeOfOrganization(draft.state, action.assignee, `actions[${index}].assignee`);
      mustNotBePast(draft, action.dueOn, `actions[${index}].dueOn`);
    }
    const id = draft.newId('R');
    const review = { id, heldOn, attendees, inputs, decisions, actions };
    draft.emit({ type: 'ManagementReviewHeld', data: review });
    draft.complete('managementReview', {}, `Management review ${id} was held on ${heldOn}.`);
    for (const action of actions) draft.openTask({ kind: 'manual', ...action }, `Action of management review ${id}.`);
  },

  recordHolidays(draft, { through, holidays, warning }) {
    for (const holiday of holidays) mustBeDate(holiday, 'holidays');
    draft.emit({ type: 'HolidaysRecorded', data: { through, holidays } });
    if (warning) draft.emit({ type: 'WarningNoted', data: { code: 'holidays', text: warning } });
  },

  noteRejection(draft, { commandId, commandType, sentBy, code, detail }) {
    draft.emit({ type: 'CommandRejected', data: { commandId, commandType, sentBy, code, detail } });
  },
};
