import { Type } from 'typebox';
import type { Email } from '../basics.ts';
import { wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { email, reason } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { manager } from '../registry/roles.ts';
import { handTo } from './handover.ts';
import { mustHavePeople } from './mustHavePeople.ts';
import { mustBePerson } from './people.ts';
import { afterPeopleChanged } from './peopleChange.ts';
import { person } from './person.ts';
import { withFormer } from './work.ts';

export const removePerson = command('removePerson', {
  summary: 'Remove a person who left; what was theirs goes to another, or to the program manager',
  payload: {
    email,
    handTo: Type.Optional(
      Type.Unsafe<Email>({
        ...email,
        description:
          'Who gets their open tasks and requirements; a program manager (for the body, a lead auditor) if absent',
      }),
    ),
    reason: Type.Optional(reason),
  },
  roles: manager,
  address: { does: 'remove', path: '/people/:email', gives: 'program' },
  example: {
    at: 'implementation',
    by: 'programManager',
    payload: { email: 'owner@example.com', handTo: 'second@example.com', reason: 'Olu moved to another company.' },
  },
  decide(draft, { email: of, handTo: to, reason: why }) {
    const { people } = draft.state;
    const { name, roles } = mustBePerson(draft.state, of, 'email');
    if (to !== undefined) {
      mustBePerson(draft.state, to, 'handTo');
      if (to === of) wrong('people', 'handsToThemselves', {}, 'handTo');
    }
    mustHavePeople(
      people.filter((one) => one.email !== of),
      { all: 'email' },
    );
    draft.emit(PersonRemoved, {
      email: of,
      name,
      roles,
      ...(why ? { reason: why } : {}),
      ...(to ? { handTo: to } : {}),
    });
    if (to) handTo(draft, { email: of, name }, to);
    afterPeopleChanged(draft, people, why);
  },
});

export const PersonRemoved = record('PersonRemoved', {
  data: {
    email,
    name: Type.String(),
    roles: person.properties.roles,
    handTo: Type.Optional(email),
    reason: Type.Optional(Type.String()),
  },
  leavesTask: false,
  apply: (state, { email: of }, { today }) =>
    withFormer({ ...state, people: state.people.filter((one) => one.email !== of) }, state.people, today),
});
