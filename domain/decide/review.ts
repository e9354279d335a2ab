import { nameOf } from '../people.ts';
import { reviewers } from '../permissions.ts';
import { refuse } from '../rejection.ts';
import type { Email, Task } from '../types/index.ts';
import type { Draft } from './draft.ts';

const remedy = 'add a consultant or another program manager with PUT people.';

/** Warns when one person alone may review: nobody could review what that person hands in. */
export function warnOfLoneReviewer(draft: Draft): void {
  const [alone, ...others] = reviewers(draft.state);
  if (!alone || others.length > 0) return;
  const name = nameOf(draft.state, alone);
  const text = `Only ${name} may review, and nobody reviews what they handed in themselves; for what ${name} hands in, ${remedy}`;
  draft.emit({ type: 'WarningNoted', data: { code: 'fourEyes', text } });
}

/** Warns when nobody but who handed in a task's evidence may review it. */
export function warnOfNoReviewer(draft: Draft, { id }: Task, by: Email): void {
  if (others(draft, by).length > 0) return;
  const text = `Nobody but ${nameOf(draft.state, by)}, who handed in ${id}, may review it; ${remedy}`;
  draft.emit({ type: 'WarningNoted', data: { code: 'fourEyes', text } });
}

/** Refuses a review by whoever handed in, and names who may give it. */
export function mustBeAnothers(draft: Draft, { evidence }: Task): void {
  const by = draft.actor.email;
  if (evidence?.by !== by) return;
  const able = others(draft, by).map((email) => nameOf(draft.state, email));
  const who = able.length > 0 ? `It can be reviewed by ${able.join(', ')}.` : `Nobody else may here: ${remedy}`;
  refuse('fourEyes', `Evidence is reviewed by someone else than ${by}, who handed it in. ${who}`);
}

function others(draft: Draft, by: Email): Email[] {
  return reviewers(draft.state).filter((email) => email !== by);
}
