import { type Static, Type } from 'typebox';
import { date, id, name, strict } from '../registry/fields.ts';

/** The organization's part in an AI system's life. */
export const aiRoles = ['provider', 'producer', 'customer', 'partner', 'user'] as const;
export const systemRisks = ['high', 'medium', 'low'] as const;

const fields = { id, name, role: Type.Enum(aiRoles), risk: Type.Enum(systemRisks) };

/** An AI system in scope; its id is chosen by the organization, and unique in the program. */
export const aiSystem = Type.Object(fields, strict);
export type AiSystem = Static<typeof aiSystem>;

/** The same, as the program knows it: when it was retired, and its impact assessed last. */
export const knownAiSystem = Type.Object({
  ...fields,
  retiredOn: Type.Optional(date),
  assessedOn: Type.Optional(date),
});
export type KnownAiSystem = Static<typeof knownAiSystem>;
