import { Type } from 'typebox';
import { email } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { person } from './person.ts';
import { withFormer } from './work.ts';

/** Who takes part from now on, all of them. */
export const PeopleChanged = record('PeopleChanged', {
  data: {
    people: Type.Array(person),
    reason: Type.Optional(Type.String()),
    /** Who is new, and who has no part anymore; an earlier version did not say it, and told nobody. */
    joined: Type.Optional(Type.Array(email)),
    left: Type.Optional(Type.Array(email)),
  },
  leavesTask: false,
  apply: (state, { people }, { today }) => withFormer({ ...state, people }, state.people, today),
});
