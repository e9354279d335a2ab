import { bodyRoles, type Role } from '../basics.ts';
import { mustBeUnique } from '../checks.ts';
import { wrong } from '../refusal.ts';
import { isOfBody } from './people.ts';
import type { Person } from './person.ts';

/** The roles that somebody must hold at all times: without them a ladder or a review has nowhere to go. */
const neededRoles: readonly Role[] = ['programManager', 'sponsor', 'topManagement'];

/** The roles that people of the certification body can hold. */
const rolesOfBody: readonly Role[] = [...bodyRoles, 'viewer'];

/** Of a change to one person: where that one stands in the list, or the field that all is said of. */
interface Where {
  one?: number;
  all?: string;
}

/**
 * Refuses a list of people without a program manager, a sponsor and top management (one person may be all three), with
 * an e-mail twice, or with somebody who stands on both sides of the certification.
 */
export function mustHavePeople(
  people: Person[],
  { one, all = one === undefined ? 'people' : 'roles' }: Where = {},
): void {
  mustBeUnique(
    people.map(({ email }) => email),
    all,
    'email',
  );
  for (const [index, { roles }] of people.entries())
    mustBeUnique(roles, index === one ? 'roles' : `people[${index}].roles`, 'role');
  for (const role of neededRoles) {
    if (!people.some(({ roles }) => roles.includes(role))) wrong('people', 'roleNotHeld', { role }, all);
  }
  const both = people.find((person) => isOfBody(person) && person.roles.some((role) => !rolesOfBody.includes(role)));
  if (both) wrong('independence', 'onBothSides', { email: both.email }, all);
}
