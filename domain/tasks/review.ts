import type { Email } from '../basics.ts';
import type { Draft } from '../draft.ts';
import { nameOf, reviewers } from '../people/people.ts';
import { refuse } from '../refusal.ts';
import type { SubmittedTask } from './task.ts';

/** Warns when one person alone may review: nobody could review what that person hands in. */
export function warnOfLoneReviewer(draft: Draft): void {
  const [alone, ...more] = reviewers(draft.state);
  if (alone && more.length === 0) draft.warn('fourEyes', 'loneReviewer', { name: nameOf(draft.state, alone) });
}

/** Warns when nobody but who submitted a task's evidence may review it. */
export function warnOfNoReviewer(draft: Draft, taskId: string, by: Email): void {
  if (others(draft, by).length === 0) draft.warn('fourEyes', 'noReviewer', { taskId, name: nameOf(draft.state, by) });
}

/** Refuses a review by whoever submitted it, and names who may give it. */
export function mustBeAnothers(draft: Draft, { evidence }: SubmittedTask): void {
  const { email } = draft.actor;
  if (evidence.by !== email) return;
  const able = others(draft, evidence.by).map((each) => nameOf(draft.state, each));
  refuse('fourEyes', 'reviewedByAnother', { email, able });
}

function others(draft: Draft, by: Email): Email[] {
  return reviewers(draft.state).filter((email) => email !== by);
}
