import type { FastifySchemaCompiler } from 'fastify';
import type { TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { Value } from 'typebox/value';

/** A schema as the JSON that it is. */
interface SchemaNode {
  format?: string;
  properties?: Record<string, SchemaNode>;
  items?: SchemaNode;
}

/**
 * Compiles a schema to fastify's validator. Numbers and booleans of a query are read from text; a body is taken as
 * it is, except that e-mail addresses are put in lower case, the form in which people are known.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema);
  return (value: unknown) => {
    const converted = httpPart === 'body' ? value : Value.Convert(schema, value);
    if (!compiled.Check(converted)) return { error: compiled.Errors(converted) as never };
    return { value: withEmailsInLowerCase(schema as SchemaNode, converted) };
  };
};

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
