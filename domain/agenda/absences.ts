import { endOfDay } from '../calendar.ts';
import { DelegationEnded } from '../people/DelegationEnded.ts';
import { nameOf } from '../people/people.ts';
import { say } from '../say.ts';
import type { ProgramState } from '../state.ts';
import type { Due } from './moment.ts';

/** The end of each absence: from the day after its last, the deputy answers for nobody but themselves. */
export function absenceMoments(state: ProgramState): Due[] {
  return (state.absences ?? []).map(({ email, deputy, endsOn }) => ({
    at: endOfDay(endsOn, state.calendar.timeZone),
    kind: 'absence',
    title: say('momentAbsenceEnds', { name: nameOf(state, email), endsOn }),
    ref: email,
    act: (draft) => draft.emit(DelegationEnded, { email, deputy, why: 'over' }),
  }));
}
