import type { Email, Role } from '../../domain/basics.ts';
import { isOfBody, reviewers } from '../../domain/people/people.ts';
import type { ProgramState } from '../../domain/state.ts';

/** The people of a program who hold one of some roles, each once. */
export function withRoles(state: ProgramState, ...roles: Role[]): Email[] {
  return state.people.filter((person) => person.roles.some((role) => roles.includes(role))).map(({ email }) => email);
}

export function managers(state: ProgramState): Email[] {
  return withRoles(state, 'programManager');
}

/** Everybody of the organization who steers the program. */
export function steerers(state: ProgramState): Email[] {
  return withRoles(state, 'programManager', 'sponsor', 'topManagement');
}

export function bodyPeople(state: ProgramState): Email[] {
  return state.people.filter(isOfBody).map(({ email }) => email);
}

/** Both sides: what happens to a certificate, or to the audits it rests on, concerns them alike. */
export function steerersAndBody(state: ProgramState): Email[] {
  return [...steerers(state), ...bodyPeople(state)];
}

/** Program managers and consultants; if all of them submitted it themselves, whoever else may review. */
export function askedToReview(state: ProgramState, submittedBy: Email): Email[] {
  const usual = withRoles(state, 'programManager', 'consultant').filter((email) => email !== submittedBy);
  return usual.length > 0 ? usual : reviewers(state).filter((email) => email !== submittedBy);
}
