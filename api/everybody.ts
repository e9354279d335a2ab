import type { Person } from '../domain/people/person.ts';
import type { ProgramRecord } from '../domain/registry.ts';

/** What everybody was called last who ever took part in a program, by address: the state forgets who left. */
export type Names = ReadonlyMap<string, string>;

/** The names after some more records; `before` stays as it is. */
export function namesAfter(records: readonly ProgramRecord[], before: Names = new Map()): Names {
  const people = records.flatMap(peopleIn);
  return people.length === 0
    ? before
    : new Map([...before, ...people.map(({ email, name }) => [email, name] as const)]);
}

function peopleIn({ type, data }: ProgramRecord): Pick<Person, 'email' | 'name'>[] {
  if (type === 'ProgramStarted') return data.definition.people;
  if (type === 'PeopleChanged' || type === 'PutInCharge') return data.people;
  return type === 'PersonAdded' || type === 'PersonChanged' || type === 'PersonRemoved' ? [data] : [];
}
