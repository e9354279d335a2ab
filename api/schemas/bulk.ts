import type { FastifySchemaCompiler } from 'fastify';
import { type TObject, type TSchema, Type } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import type { TLocalizedValidationError } from 'typebox/error';
import { brokenText, validatorCompiler, withEmailsInLowerCase } from '../validator.ts';
import { strict } from './basics.ts';
import { commandPayloads } from './commands.ts';

type CommandName = keyof typeof commandPayloads;
const names = Object.keys(commandPayloads) as CommandName[];

const atomic = Type.Optional(Type.Boolean({ default: false, description: 'One refused command refuses all.' }));

function bodyOf<T extends TSchema>(command: T) {
  return Type.Object({ commands: Type.Array(command, { minItems: 1, maxItems: 200 }), atomic }, strict);
}

const typed: Record<string, TObject> = Object.fromEntries(
  names.map((name) => [name, Type.Object({ type: Type.Literal(name), ...commandPayloads[name].properties }, strict)]),
);

/** The body of `POST …/commands`, for the contract. */
export const bulkBody = bodyOf(Type.Union(Object.values(typed)));

/** The same as far as it can be checked without looking at each command's type. */
const outer = bodyOf(Type.Object({ type: Type.Enum(names) }));

/**
 * Checks a bulk body: first as a whole, then each command against the schema of its own type. Checked against the
 * union of all, one missing field would be told as an error of every command there is.
 */
export const bulkValidatorCompiler: FastifySchemaCompiler<TSchema> = (route) => {
  if (route.httpPart !== 'body') return validatorCompiler(route);
  const checkOuter = Compile(outer);
  const checks = new Map<string, Validator>();
  const checkOf = (type: string) => {
    const check = checks.get(type) ?? Compile(typed[type] as TObject);
    checks.set(type, check);
    return check;
  };
  return (value: unknown) => {
    if (!checkOuter.Check(value)) return { error: checkOuter.Errors(value) as never };
    const errors = value.commands.flatMap((command, index) => at(index, checkOf(command.type).Errors(command)));
    if (errors.length > 0) return { error: errors as never };
    const broken = brokenText(value);
    if (broken) return { error: broken };
    const commands = value.commands.map((command) => withEmailsInLowerCase(typed[command.type] as TObject, command));
    return { value: { ...value, commands } };
  };
};

function at(index: number, errors: TLocalizedValidationError[]): TLocalizedValidationError[] {
  return errors.map((error) => ({ ...error, instancePath: `/commands/${index}${error.instancePath}` }));
}
