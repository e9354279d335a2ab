import { Type } from 'typebox';
import { record } from '../registry/record.ts';
import { person } from './person.ts';

/** Who takes part from now on, all of them. */
export const PeopleChanged = record('PeopleChanged', {
  data: { people: Type.Array(person), reason: Type.Optional(Type.String()) },
  leavesTask: false,
  apply: (state, { people }) => ({ ...state, people }),
});
