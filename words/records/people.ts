import type { Email, Role } from '../../domain/basics.ts';
import type { NoticeItem } from '../../domain/notices.ts';
import { nameOf, person } from '../../domain/people/people.ts';
import type { Person } from '../../domain/people/person.ts';
import type { RecordMap } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import { roleLabels } from '../labels.ts';
import { because, count, list } from '../phrases.ts';
import { atOnce, later, type Telling, type WordsOfRecords, welcome } from './entry.ts';

/** How the records of who takes part read, and who hears of them. */
export const peopleRecords = {
  PeopleChanged: {
    line: ({ people, reason }) => `People changed, now ${count(people.length, 'person', 'people')}${because(reason)}`,
    tells: (state, { joined = [], left = [], reason }) => [
      ...joined.flatMap((email) => invited(state, email, person(state, email)?.roles ?? [])),
      ...left.map((email) => partEnded(state, email, reason)),
    ],
  },
  PersonAdded: {
    line: ({ email, name, roles }) => `${name} (${email}) added as ${rolesOf(roles)}`,
    tells: (state, { email, roles }) => invited(state, email, roles),
  },
  PersonChanged: {
    line: ({ email, name, roles, previous }) =>
      isSame(roles, previous.roles)
        ? `${email} is called ${name}, before ${previous.name}`
        : `${name} (${email}) is now ${rolesOf(roles)}, before ${rolesOf(previous.roles)}`,
    tells: (state, { email, roles, previous }) =>
      isSame(roles, previous.roles)
        ? []
        : [later([email], { kind: 'invited', program: state.name, roles, again: true })],
  },
  PersonRemoved: {
    line: ({ email, name, reason }) => `${name} (${email}) removed${because(reason)}`,
    tells: (state, { email, reason }) => [partEnded(state, email, reason)],
  },
  PutInCharge: {
    line: ({ people, left, reason }) =>
      `${list(managersAmong(people))} put in charge${left.length > 0 ? `, without ${list(left)}` : ''}${because(reason)}`,
    tells: (state, { people, joined, left, by, reason }) => [
      ...joined.flatMap((email) => invited(state, email, person(state, email)?.roles ?? [])),
      ...people
        .filter(({ email }) => !joined.includes(email))
        .map(({ email, roles }) => later([email], { kind: 'invited', program: state.name, roles, again: true })),
      ...left.map((email) => partEnded(state, email, reason)),
      atOnce(
        state.people
          .filter(({ email, roles }) => !joined.includes(email) && roles.some((role) => steering.includes(role)))
          .map(({ email }) => email),
        { kind: 'putInCharge', program: state.name, names: managersAmong(people), by: nameOf(state, by), reason },
      ),
    ],
  },
  RequirementsHandedOver: {
    line: ({ from, to, requirements }) => `${to} owns ${list(requirements)}, before ${from}`,
    tells: (_, { to, requirements }) => [later([to], { kind: 'requirementsOwned', requirements })],
  },
  DutiesDelegated: {
    line: ({ email, deputy, startsOn, endsOn, reason }) =>
      `${email} is away from ${startsOn} through ${endsOn}, with ${deputy} as deputy${because(reason)}`,
    tells: (state, one) => [
      atOnce([one.deputy], delegated(state, one, 'deputy')),
      later([one.email], delegated(state, one, 'away')),
    ],
  },
  DelegationEnded: {
    line: ({ email, deputy, why }) => `${deputy} is no longer the deputy of ${email}${endings[why]}`,
    tells: (state, { email, deputy, why }) =>
      (
        [
          [email, 'away'],
          [deputy, 'deputy'],
        ] as const
      )
        // Whoever left is told that their part ended.
        .filter(([to]) => person(state, to))
        .map(([to, as]) =>
          later([to], {
            kind: 'delegationEnded',
            name: nameOf(state, email),
            deputyName: nameOf(state, deputy),
            as,
            why,
          }),
        ),
  },
} satisfies Partial<WordsOfRecords>;

const endings: Record<RecordMap['DelegationEnded']['why'], string> = {
  over: ': the absence is over',
  early: ': the absence was ended early',
  left: ': one of them cannot answer any longer',
};

/** Whoever is new is told at once what they take part in. */
export function invited({ name: program }: ProgramState, email: Email, roles: Role[]): Telling[] {
  return [welcome([email], { kind: 'invited', program, roles, again: false })];
}

function partEnded({ name: program }: ProgramState, email: Email, reason: string | undefined): Telling {
  return atOnce([email], { kind: 'partEnded', program, ...(reason ? { reason } : {}) });
}

function delegated(state: ProgramState, one: RecordMap['DutiesDelegated'], as: 'deputy' | 'away'): NoticeItem {
  const { email, deputy, startsOn, endsOn, reason } = one;
  const names = { name: nameOf(state, email), deputyName: nameOf(state, deputy) };
  return { kind: 'delegated', ...names, startsOn, endsOn, as, ...(reason ? { reason } : {}) };
}

function managersAmong(people: readonly Person[]): string[] {
  return people.filter(({ roles }) => roles.includes('programManager')).map(({ name }) => name);
}

/** Who hears that others are in charge. */
const steering: readonly Role[] = ['programManager', 'sponsor', 'topManagement'];

function rolesOf(roles: readonly Role[]): string {
  return list(roles.map((role) => roleLabels[role]));
}

function isSame(roles: readonly Role[], others: readonly Role[]): boolean {
  return [...roles].sort().join() === [...others].sort().join();
}
