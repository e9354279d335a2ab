import { bodyRoles, type Email, type Role } from '../basics.ts';
import { wrong } from '../refusal.ts';
import { reviewing } from '../registry/roles.ts';
import type { ProgramState } from '../state.ts';
import type { Person } from './person.ts';

type WithPeople = Pick<ProgramState, 'people'>;

/** The people of a program who hold a role, in the order in which they were named. */
export function holders(state: WithPeople, role: Role): Email[] {
  return state.people.filter((person) => person.roles.includes(role)).map((person) => person.email);
}

/** Who hears when a role is called: its holders, or the program managers when nobody holds it. */
export function reach(state: WithPeople, role: Role): Email[] {
  const found = holders(state, role);
  return found.length > 0 ? found : holders(state, 'programManager');
}

/** The first program manager: who does what nobody else was named for. There is one at all times. */
export function manager(state: WithPeople): Email {
  const [first] = holders(state, 'programManager');
  if (!first) throw new Error('No program manager is left, which no command allows: the register is damaged.');
  return first;
}

/** The people of a program who may review what was submitted; nobody reviews what they submitted themselves. */
export function reviewers(state: WithPeople): Email[] {
  return state.people.filter(({ roles }) => roles.some((role) => reviewing.includes(role))).map(({ email }) => email);
}

export function person(state: WithPeople, email: string): Person | undefined {
  return state.people.find((candidate) => candidate.email === email);
}

export function nameOf(state: WithPeople, email: string): string {
  return person(state, email)?.name ?? email;
}

export function hasRole(state: WithPeople, email: string, ...anyOf: Role[]): boolean {
  return person(state, email)?.roles.some((role) => anyOf.includes(role)) ?? false;
}

/** Whether a person stands on the certification body's side. */
export function isOfBody(candidate: Person): boolean {
  return candidate.roles.some((role) => bodyRoles.includes(role));
}

/** The person, who must be in the program. Throws a 422 that names the field. */
export function mustBePerson(state: WithPeople, email: string, field: string): Person {
  const found = person(state, email);
  if (!found) wrong('unknown', 'notAmongPeople', { email }, field);
  return found;
}

/** The person, who must be of the organization: work of the management system is not the body's to do. */
export function mustBeOfOrganization(state: WithPeople, email: string, field: string): Person {
  const found = mustBePerson(state, email, field);
  if (isOfBody(found)) {
    wrong('independence', 'isOfBody', { email }, field);
  }
  return found;
}
