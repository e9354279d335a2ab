import type { IsoDate } from '../basics.ts';
import type { Draft } from '../draft.ts';
import { manager } from '../people/people.ts';
import { type Saying, say } from '../say.ts';
import { slotOf } from '../standards/slots.ts';

/** Asks for a management review, after what it looks at, unless one is asked for already. */
export function askForReview(
  draft: Draft,
  dueOn: IsoDate,
  dependsOn: string[] = [],
  title: Saying = say('holdReview', {}),
  round?: string,
): void {
  if (draft.openTasksOf('managementReview', {}).length > 0) return;
  const requirementId = slotOf(draft.state, 'managementReview');
  draft.openTask(
    {
      kind: 'managementReview',
      title,
      assignee: manager(draft.state),
      dueOn,
      ...(requirementId ? { requirementId } : {}),
      priority: 'high',
      dependsOn,
      ...(round ? { round } : {}),
    },
    say('reviewsAtIntervals', {}),
  );
}
