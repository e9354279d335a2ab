import { type Static, Type } from 'typebox';
import { email, name, role, strict } from '../registry/fields.ts';

/** Somebody who takes part in a program. */
export const person = Type.Object({ email, name, roles: Type.Array(role, { minItems: 1, maxItems: 10 }) }, strict);
export type Person = Static<typeof person>;

/** The most people of a program. */
export const mostPeople = 500;
