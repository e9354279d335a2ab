import { Type } from 'typebox';
import { mustSay } from '../checks.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { record } from '../registry/record.ts';
import { manager } from '../registry/roles.ts';
import { mustHavePeople } from './mustHavePeople.ts';
import { person as find } from './people.ts';
import { afterPeopleChanged } from './peopleChange.ts';
import { mostPeople, person } from './person.ts';

export const addPerson = command('addPerson', {
  summary: 'Add a person; they are invited by mail',
  payload: person.properties,
  roles: manager,
  address: { does: 'create', path: '/people', gives: 'program' },
  example: {
    at: 'implementation',
    by: 'programManager',
    payload: { email: 'legal@example.com', name: 'Lin', roles: ['owner'] },
  },
  decide(draft, { email, name, roles }) {
    const { people } = draft.state;
    if (find(draft.state, email)) refuse('state', 'amongPeople', { email }, 'email');
    mustSay(name, 'name');
    if (people.length >= mostPeople) refuse('people', 'tooManyPeople', { most: mostPeople });
    mustHavePeople([...people, { email, name, roles }], { one: people.length });
    draft.emit(PersonAdded, { email, name, roles });
    afterPeopleChanged(draft, people);
  },
});

export const PersonAdded = record('PersonAdded', {
  data: { email: person.properties.email, name: Type.String(), roles: person.properties.roles },
  leavesTask: false,
  apply: (state, added) => ({ ...state, people: [...state.people, added] }),
});
