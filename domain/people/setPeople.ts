import { Type } from 'typebox';
import { command } from '../registry/command.ts';
import { reason } from '../registry/fields.ts';
import { manager } from '../registry/roles.ts';
import { mustHavePeople } from './mustHavePeople.ts';
import { PeopleChanged } from './PeopleChanged.ts';
import { afterPeopleChanged } from './peopleChange.ts';
import { mostPeople, person } from './person.ts';

export const setPeople = command('setPeople', {
  summary: 'Say who takes part, all of them',
  payload: { people: Type.Array(person, { minItems: 1, maxItems: mostPeople }), reason: Type.Optional(reason) },
  roles: manager,
  address: { does: 'replace', path: '/people', gives: 'program' },
  example: {
    at: 'implementation',
    by: 'programManager',
    payload: {
      people: [
        { email: 'pm@example.com', name: 'Mia', roles: ['programManager'] },
        { email: 'sponsor@example.com', name: 'Sue', roles: ['sponsor'] },
        { email: 'ceo@example.com', name: 'Tom', roles: ['topManagement'] },
        { email: 'owner@example.com', name: 'Olu', roles: ['owner'] },
        { email: 'legal@example.com', name: 'Lin', roles: ['owner'] },
        { email: 'internal@example.com', name: 'Ira', roles: ['internalAuditor'] },
        { email: 'lead@body.example', name: 'Lea', roles: ['leadAuditor'] },
        { email: 'decider@body.example', name: 'Dan', roles: ['decisionMaker'] },
      ],
      reason: 'Lin takes over from Ova.',
    },
  },
  decide(draft, { people, reason: why }) {
    mustHavePeople(people);
    const { people: before } = draft.state;
    const had = new Set(before.map(({ email }) => email));
    const has = new Set(people.map(({ email }) => email));
    const joined = [...has].filter((email) => !had.has(email));
    const left = [...had].filter((email) => !has.has(email));
    draft.emit(PeopleChanged, { people, ...(why ? { reason: why } : {}), joined, left });
    afterPeopleChanged(draft, before, why);
  },
});
