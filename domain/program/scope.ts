import { type Static, Type } from 'typebox';
import { strict, text } from '../registry/fields.ts';

/** What a management system covers, or a certificate certifies. */
export const scope = Type.Object({ statement: text, exclusions: Type.Optional(text) }, strict);
export type Scope = Static<typeof scope>;

/** Whether two scopes are worded alike. */
export function isSameScope(one: Scope, other: Scope): boolean {
  return one.statement === other.statement && (one.exclusions ?? '') === (other.exclusions ?? '');
}
