import { Type } from 'typebox';
import { mustSay } from '../checks.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { email, name } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { manager } from '../registry/roles.ts';
import { mustHavePeople } from './mustHavePeople.ts';
import { mustBePerson } from './people.ts';
import { afterPeopleChanged } from './peopleChange.ts';
import { person } from './person.ts';
import { withFormer } from './work.ts';

const { roles } = person.properties;

export const changePerson = command('changePerson', {
  summary: 'Change the name or the roles of a person',
  payload: { email, name: Type.Optional(name), roles: Type.Optional(roles) },
  roles: manager,
  address: { does: 'change', path: '/people/:email', gives: 'program' },
  example: {
    at: 'implementation',
    by: 'programManager',
    payload: { email: 'second@example.com', roles: ['owner', 'internalAuditor'] },
  },
  decide(draft, { email: of, name: renamed, roles: given }) {
    const { people } = draft.state;
    const before = mustBePerson(draft.state, of, 'email');
    if (renamed !== undefined) mustSay(renamed, 'name');
    const after = { email: of, name: renamed ?? before.name, roles: given ?? before.roles };
    if (JSON.stringify(after) === JSON.stringify(before)) refuse('state', 'personUnchanged', { name: before.name });
    const one = people.indexOf(before);
    mustHavePeople(people.with(one, after), { one });
    draft.emit(PersonChanged, { ...after, previous: { name: before.name, roles: before.roles } });
    afterPeopleChanged(draft, people);
  },
});

export const PersonChanged = record('PersonChanged', {
  data: { email, name: Type.String(), roles, previous: Type.Object({ name: Type.String(), roles }) },
  leavesTask: false,
  apply(state, { previous: _, ...changed }, { today }) {
    const people = state.people.map((one) => (one.email === changed.email ? changed : one));
    return withFormer({ ...state, people }, state.people, today);
  },
});
