import { assess } from '../changes/assessing.ts';
import type { Draft } from '../draft.ts';
import { otherPeopleInCharge } from '../rules/change.ts';
import { say } from '../say.ts';
import { warnOfLoneReviewer } from '../tasks/review.ts';
import { DelegationEnded } from './DelegationEnded.ts';
import { handOverRequirements, handOverTasks, warnOfTeams } from './handover.ts';
import { person } from './people.ts';
import type { Person } from './person.ts';
import { areOfOneSide, canAnswer } from './sides.ts';

/**
 * What follows when other people take part, or in other roles, however it was said: absences end of which one of the two
 * cannot answer anymore, requirements and tasks that somebody cannot have anymore go to others, a lone reviewer is warned of, and what depends on who is in charge is asked for
 * again.
 */
export function afterPeopleChanged(draft: Draft, before: Person[], why?: string): void {
  const { people } = draft.state;
  endDelegations(draft);
  handOverRequirements(draft, { people: before });
  handOverTasks(draft, { people: before });
  warnOfTeams(draft, before);
  warnOfLoneReviewer(draft);
  if (otherPeopleInCharge(before, people)) {
    assess(draft, { change: 'people', what: say('othersInCharge', why ? { reason: why } : {}) });
  }
}

/** Ends the absences of who left, and those whose deputy left, changed sides, or only looks from now on. */
export function endDelegations(draft: Draft): void {
  for (const { email, deputy } of draft.state.absences ?? []) {
    const away = person(draft.state, email);
    const acting = person(draft.state, deputy);
    if (away && acting && areOfOneSide(away, acting) && canAnswer(acting)) continue;
    draft.emit(DelegationEnded, { email, deputy, why: 'left' });
  }
}
