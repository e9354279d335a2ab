import { type Static, type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { type IsoDate, installationRoles } from '../domain/basics.ts';
import { mustBeDate } from '../domain/checks.ts';
import { date, email, name, strict } from '../domain/registry/fields.ts';
import { inLowerCase } from '../domain/registry/walk.ts';
import { validationProblem } from './fieldErrors.ts';
import { wrongField } from './problem.ts';
import { brokenText } from './validator.ts';

/** Whom a token is for, and for how long it is good. */
export const tokenFields = {
  email,
  name,
  expiresOn: Type.Optional(date),
  installationRole: Type.Optional(Type.Enum(installationRoles)),
};

export const tokenInput = Type.Object(tokenFields, strict);
export type TokenInput = Static<typeof tokenInput>;

/** Refuses a token that would be of no use from its first day, or whose last day is a slip. */
export function mustBeOfUse({ expiresOn }: TokenInput, today: IsoDate): void {
  if (!expiresOn) return;
  mustBeDate(expiresOn, 'expiresOn');
  if (expiresOn >= today) return;
  throw wrongField('dates', 'expiresOn', `${expiresOn} has passed; send a day that is still to come.`);
}

/**
 * What a token is made of, checked as a call of the API checks it.
 *
 * @throws Problem that lists the fields that are wrong, and `Refused` for a last day that no calendar has
 */
export function readTokenInput(input: object, today: IsoDate): TokenInput {
  const schema: TSchema = tokenInput;
  const compiled = Compile(tokenInput);
  if (!compiled.Check(input)) throw validationProblem(compiled.Errors(input), 'token');
  const broken = brokenText(input);
  if (broken) throw broken;
  mustBeOfUse(input, today);
  // Lower case leaves its shape as it was.
  return inLowerCase(schema, input) as TokenInput;
}
