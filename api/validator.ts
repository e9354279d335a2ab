import type { FastifySchemaCompiler } from 'fastify';
import type { TObject, TSchema } from 'typebox';
import { Compile } from 'typebox/compile';
import { inLowerCase } from '../domain/registry/walk.ts';
import { brokenTextIn } from '../domain/text.ts';
import { textProblems } from '../words/sayings/common.ts';
import { Problem } from './problem.ts';

/**
 * Compiles a schema to fastify's validator. Numbers and booleans of a query or a path are read from text, as JSON writes whole
 * numbers and booleans and no other way (`1e1`, `0x10`, `05`, ` 5` are none); a body is taken as it is, except that e-mail addresses are put in lower case, the form in which people are known. A text that
 * cannot be kept, or would not be read as it was meant, is a 422.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  const compiled = Compile(schema);
  return (value: unknown) => {
    const converted = httpPart === 'body' ? value : fromTexts(schema, value);
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

/** The fields of a query, a path or headers: those that are numbers, booleans or lists made from their texts. */
function fromTexts(schema: TSchema, texts: unknown): unknown {
  const { properties } = schema as TObject;
  if (!properties || typeof texts !== 'object' || texts === null) return texts;
  const entries = Object.entries(texts).map(([name, text]) => {
    const of = Object.hasOwn(properties, name) ? (properties[name] as { type?: string }).type : undefined;
    return [name, fromText(of, text)];
  });
  return Object.fromEntries(entries);
}

/** What is no such text stays one, and the schema refuses it. */
function fromText(type: string | undefined, text: unknown): unknown {
  if (type === 'array') return [text].flat();
  if (typeof text !== 'string') return text;
  if (type === 'boolean') return text === 'true' ? true : text === 'false' ? false : text;
  return type === 'integer' || type === 'number' ? (wholeNumber(text) ?? text) : text;
}

/** The whole number that a text is, written as JSON writes it; undefined for every other. */
export function wholeNumber(text: string): number | undefined {
  return /^(0|-?[1-9]\d{0,14})$/.test(text) ? Number(text) : undefined;
}
