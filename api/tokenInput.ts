import { type Static, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { wrongWithDate } from '../domain/calendar.ts';
import { wrong } from '../domain/rejection.ts';
import { installationRoles } from '../domain/types/index.ts';
import { validationProblem } from './fieldErrors.ts';
import { date, email, name, strict } from './schemas/basics.ts';
import { brokenText, withEmailsInLowerCase } from './validator.ts';

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
export function mustBeOfUse({ expiresOn }: TokenInput, today: string): void {
  if (!expiresOn) return;
  const problem = wrongWithDate(expiresOn);
  if (problem) wrong('dates', `expiresOn: ${problem}.`);
  if (expiresOn < today)
    wrong('dates', `expiresOn: ${expiresOn} is past; name a day on which the token shall still be valid.`);
}

/**
 * What a token is made of, checked as a call of the API checks it.
 *
 * @throws Problem that lists the fields that are wrong, and `Rejected` for a last day that is past
 */
export function readTokenInput(input: object, today: string): TokenInput {
  const compiled = Compile(tokenInput);
  if (!compiled.Check(input)) throw validationProblem(compiled.Errors(input), 'token');
  const broken = brokenText(input);
  if (broken) throw broken;
  mustBeOfUse(input, today);
  return withEmailsInLowerCase(tokenInput as object, input) as TokenInput;
}
