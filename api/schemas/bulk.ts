import type { FastifySchemaCompiler } from 'fastify';
import { type TObject, type TSchema, Type } from 'typebox';
import { Compile, type Validator } from 'typebox/compile';
import type { TLocalizedValidationError } from 'typebox/error';
import { strict } from '../../domain/registry/fields.ts';
import { inLowerCase } from '../../domain/registry/walk.ts';
import { type CommandType, commands, isCommandType } from '../../domain/registry.ts';
import { brokenText, validatorCompiler } from '../validator.ts';

const atomic = Type.Optional(Type.Boolean({ default: false, description: 'One refused command refuses all.' }));

function bodyOf<T extends TSchema>(command: T) {
  return Type.Object({ commands: Type.Array(command, { minItems: 1, maxItems: 200 }), atomic }, strict);
}

/** Each command with its type beside its payload. */
const typed = new Map<CommandType, TObject>(
  Object.keys(commands)
    .filter(isCommandType)
    .map((type) => [type, Type.Object({ type: Type.Literal(type), ...commands[type].payload.properties }, strict)]),
);

/** The body of a bulk call, for the contract. */
export const bulkBody = bodyOf(Type.Union([...typed.values()]));

/** The same as far as it can be checked without looking at each command's type. */
const outer = bodyOf(Type.Object({ type: Type.Enum([...typed.keys()]) }));

/**
 * Checks a bulk body: first as a whole, then each command against the schema of its own type. Checked against the
 * union of all, one missing field would be told as an error of every command there is.
 */
export const bulkValidatorCompiler: FastifySchemaCompiler<TSchema> = (route) => {
  if (route.httpPart !== 'body') return validatorCompiler(route);
  const checkOuter = Compile(outer);
  const checks = new Map<CommandType, { schema: TObject; validator: Validator }>();
  const checkOf = (type: CommandType) => {
    const schema = typed.get(type) ?? Type.Object({});
    const check = checks.get(type) ?? { schema, validator: Compile(schema) };
    checks.set(type, check);
    return check;
  };
  return (value: unknown) => {
    if (!checkOuter.Check(value)) return { error: checkOuter.Errors(value) as never };
    const errors = value.commands.flatMap((one, index) => at(index, checkOf(one.type).validator.Errors(one)));
    if (errors.length > 0) return { error: errors as never };
    for (const [index, one] of value.commands.entries()) {
      const broken = brokenText(one, `/commands/${index}`);
      if (broken) return { error: broken };
    }
    const lowered = value.commands.map((one) => inLowerCase(checkOf(one.type).schema, one));
    return { value: { ...value, commands: lowered } };
  };
};

function at(index: number, errors: TLocalizedValidationError[]): TLocalizedValidationError[] {
  return errors.map((error) => ({ ...error, instancePath: `/commands/${index}${error.instancePath}` }));
}
