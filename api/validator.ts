import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import { inLowerCase } from '../domain/registry/walk.ts';
import { brokenTextIn } from '../domain/text.ts';
import { textProblems } from '../words/sayings/common.ts';
import { Problem } from './problem.ts';

/**
 * Compiles a schema to fastify's validator. Numbers and booleans of a query are read from text; a body is taken as
 * it is, except that e-mail addresses are put in lower case, the form in which people are known. A text that
 * cannot be kept, or would not be read as it was meant, is a 422.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema);
  return (value: unknown) => {
    const converted = httpPart === 'body' ? value : Value.Convert(schema, value);
    if (!compiled.Check(converted)) return { error: compiled.Errors(converted) as never };
    const broken = brokenText(converted);
    return broken ? { error: broken } : { value: inLowerCase(schema, converted) };
  };
};

/** The problem of a value with a text that cannot be recorded; undefined for every other. `at` comes before its pointer. */
export function brokenText(value: unknown, at = ''): Problem | undefined {
  const broken = brokenTextIn(value);
  if (!broken) return undefined;
  const pointer = at + broken.pointer;
  const detail = textProblems[broken.problem];
  return new Problem(422, 'text', `${pointer || 'The text'} ${detail}`, { errors: [{ pointer, detail }] });
}
