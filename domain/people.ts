import { wrong } from './rejection.ts';
import { bodyRoles, type Email, type Person, type ProgramState, type Role } from './types/index.ts';

/** The people of a program who hold a role, in the order in which they were named. */
export function holders(state: Pick<ProgramState, 'people'>, role: Role): Email[] {
  return state.people.filter((person) => person.roles.includes(role)).map((person) => person.email);
}

/** Who hears when a role is called: its holders, or the program managers when nobody holds it. */
export function reach(state: Pick<ProgramState, 'people'>, role: Role): Email[] {
  const found = holders(state, role);
  return found.length > 0 ? found : holders(state, 'programManager');
}

/** The first program manager: who does what nobody else was named for. */
export function manager(state: Pick<ProgramState, 'people'>): Email {
  return holders(state, 'programManager')[0] as Email;
}

export function person(state: Pick<ProgramState, 'people'>, email: string): Person | undefined {
  return state.people.find((candidate) => candidate.email === email);
}

export function nameOf(state: Pick<ProgramState, 'people'>, email: string): string {
  return person(state, email)?.name ?? email;
}

export function hasRole(state: Pick<ProgramState, 'people'>, email: string, ...anyOf: Role[]): boolean {
  return person(state, email)?.roles.some((role) => anyOf.includes(role)) ?? false;
}

/** Whether a person stands on the certification body's side. */
export function isOfBody(candidate: Person): boolean {
  return candidate.roles.some((role) => bodyRoles.includes(role));
}

/** The person, who must be in the program. Throws a 422 that names the field. */
export function mustBePerson(state: Pick<ProgramState, 'people'>, email: string, field: string): Person {
  const found = person(state, email);
  if (!found) wrong('unknown', `${field}: ${email} is not among the people of this program; add them with PUT people.`);
  return found;
}

/** The person, who must be of the organization: work of the management system is not the body's to do. */
export function mustBeOfOrganization(state: Pick<ProgramState, 'people'>, email: string, field: string): Person {
  const found = mustBePerson(state, email, field);
  if (isOfBody(found)) {
    wrong('independence', `${field}: ${email} is of the certification body; name someone of the organization.`);
  }
  return found;
}
