import { organization } from '../registry/roles.ts';
import { isOfBody } from './people.ts';
import type { Person } from './person.ts';

/** Whether two people stand on the same side of the certification. */
export function areOfOneSide(one: Person, other: Person): boolean {
  return isOfBody(one) === isOfBody(other);
}

/** Whether somebody can answer what is asked of people; who only looks cannot. */
export function canAnswer(candidate: Person): boolean {
  return isOfBody(candidate) || candidate.roles.some((role) => organization.includes(role));
}
