import { Type } from 'typebox';
import type { Email } from '../basics.ts';
import { mustBeUnique, mustSay } from '../checks.ts';
import { refuse, wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { actorEmail, email, reason } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { manager } from '../registry/roles.ts';
import { mustHavePeople } from './mustHavePeople.ts';
import { holders, mustBePerson } from './people.ts';
import { afterPeopleChanged } from './peopleChange.ts';
import { mostPeople, person } from './person.ts';
import { withFormer } from './work.ts';

/**
 * Gives a program to other people to steer: when those who did are gone, or cannot be reached anymore, an administrator of the
 * installation does it, and needs no token in anybody's name.
 */
export const putInCharge = command('putInCharge', {
  summary:
    'Put others in charge, also as an administrator when nobody of the program can; the managers before are told',
  payload: {
    people: Type.Array(person, {
      minItems: 1,
      maxItems: 50,
      description: 'Who comes, or gets these roles instead of theirs: at least one program manager',
    }),
    leave: Type.Optional(
      Type.Array(email, {
        maxItems: mostPeople,
        description: 'Who has no part anymore; what was theirs is handed over',
      }),
    ),
    reason,
  },
  roles: manager,
  installationRoles: ['administrator'],
  address: { does: 'act', path: '/people/in-charge', gives: 'program' },
  example: {
    at: 'implementation',
    by: 'programManager',
    payload: {
      people: [{ email: 'nia@example.com', name: 'Nia', roles: ['programManager'] }],
      leave: ['pm@example.com'],
      reason: 'Mia left the company, and nobody else manages the program.',
    },
  },
  decide(draft, { people: named, leave = [], reason: why }) {
    mustSay(why, 'reason');
    const { people: before } = draft.state;
    const comes = new Set(named.map((one) => one.email));
    mustBeUnique([...leave], 'leave', 'email');
    mustBeUnique([...named.map((one) => one.email)], 'people', 'email');
    for (const [index, one] of named.entries()) mustSay(one.name, `people[${index}].name`);
    for (const [index, one] of leave.entries()) {
      mustBePerson(draft.state, one, `leave[${index}]`);
      if (comes.has(one)) wrong('people', 'comesAndLeaves', { email: one }, `leave[${index}]`);
    }
    if (!named.some(({ roles }) => roles.includes('programManager'))) wrong('people', 'nobodyInCharge', {}, 'people');
    const stay = before.filter((one) => !comes.has(one.email) && !leave.includes(one.email));
    const people = [...named, ...stay];
    if (people.length > mostPeople) refuse('people', 'tooManyPeople', { most: mostPeople });
    mustHavePeople(people);
    if (JSON.stringify(people) === JSON.stringify(before)) {
      refuse('state', 'personUnchanged', { name: named[0]?.name ?? '' });
    }
    const had = new Set<Email>(before.map((one) => one.email));
    draft.emit(PutInCharge, {
      people: named,
      joined: [...comes].filter((one) => !had.has(one)),
      left: leave,
      before: holders(draft.state, 'programManager'),
      by: draft.actor.email,
      reason: why,
    });
    afterPeopleChanged(draft, before, why);
  },
});

export const PutInCharge = record('PutInCharge', {
  data: {
    people: Type.Array(person),
    /** Those of them who are new, and who has no part anymore. */
    joined: Type.Array(email),
    left: Type.Array(email),
    /** The program managers until then. */
    before: Type.Array(email),
    by: actorEmail,
    reason: Type.String(),
  },
  leavesTask: false,
  // First, so that what falls to a program manager falls to them.
  apply(state, { people: named, left }, { today }) {
    const stay = state.people.filter(
      ({ email: one }) => !left.includes(one) && !named.some((other) => other.email === one),
    );
    return withFormer({ ...state, people: [...named, ...stay] }, state.people, today);
  },
});
