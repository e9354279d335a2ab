import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';
import { brokenTextIn } from '../domain/text.ts';
import { Problem } from './problem.ts';

/** A schema as the JSON that it is. */
interface SchemaNode {
  format?: string;
  properties?: Record<string, SchemaNode>;
  items?: SchemaNode;
}

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
    return broken ? { error: broken } : { value: withEmailsInLowerCase(schema as SchemaNode, converted) };
  };
};

/** The problem of a value with a text that cannot be recorded; undefined for every other. */
export function brokenText(value: unknown): Problem | undefined {
  const broken = brokenTextIn(value);
  if (!broken) return undefined;
  return new Problem(422, 'text', `${broken.pointer || 'The text'} ${broken.detail}`, { errors: [broken] });
}

/** A value that the schema allows, with each text of format `email` in lower case. */
export function withEmailsInLowerCase(schema: SchemaNode, value: unknown): unknown {
  if (typeof value === 'string') return schema.format === 'email' ? value.toLowerCase() : value;
  if (Array.isArray(value))
    return schema.items ? value.map((item) => withEmailsInLowerCase(schema.items!, item)) : value;
  if (typeof value !== 'object' || value === null || !schema.properties) return value;
  const { properties } = schema;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, withEmailsInLowerCase(properties[key] ?? {}, each)]),
  );
}
