import { type Static, type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { type Email, type IsoDate, installationRoles } from '../domain/basics.ts';
import { addDays } from '../domain/calendar.ts';
import { mustBeDate } from '../domain/checks.ts';
import { date, email, id, name, strict } from '../domain/registry/fields.ts';
import { inLowerCase } from '../domain/registry/walk.ts';
import { validationProblem } from './fieldErrors.ts';
import { wrongField } from './problem.ts';
import { brokenText } from './validator.ts';

const scope = Type.Object(
  { programId: Type.Optional(id), access: Type.Enum(['read', 'write'] as const) },
  {
    ...strict,
    description: 'The one program that it is for, all of its person’s when absent; and whether it may write',
  },
);

/** Whom a token is for, what it is good for, and for how long. */
export const tokenFields = {
  email,
  name,
  scope: Type.Optional(scope),
  expiresOn: Type.Optional({
    ...date,
    description: 'Its last day: 90 days from now when absent, a year from now at most',
  }),
  installationRole: Type.Optional(Type.Enum(installationRoles)),
};

/** What a call asks for: a token for the caller, unless it names a person of a rehearsal. */
export const tokenRequest = Type.Object(
  {
    ...tokenFields,
    email: Type.Optional(Type.Unsafe<Email>({ ...email, description: 'The caller when absent' })),
    name: Type.Optional(name),
  },
  strict,
);

export const tokenInput = Type.Object(tokenFields, strict);
export type TokenInput = Static<typeof tokenInput>;

/** For how many days a token is good when nothing is said, and at most. */
export const tokenDays = { usual: 90, most: 366 };

/** The last day of a token: the one that is asked for, or the usual one. */
export function lastDayOf({ expiresOn }: Pick<TokenInput, 'expiresOn'>, today: IsoDate): IsoDate {
  return expiresOn ?? addDays(today, tokenDays.usual);
}

/** Refuses a token that would be of no use from its first day, or good for longer than any may be. */
export function mustBeOfUse({ expiresOn }: Pick<TokenInput, 'expiresOn'>, today: IsoDate): void {
  if (!expiresOn) return;
  mustBeDate(expiresOn, 'expiresOn');
  const latest = addDays(today, tokenDays.most);
  if (expiresOn > latest)
    throw wrongField('dates', 'expiresOn', `a token is good for a year at most; send a day up to ${latest}.`);
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
  const read = inLowerCase(schema, input) as TokenInput;
  return { ...read, expiresOn: lastDayOf(read, today) };
}
