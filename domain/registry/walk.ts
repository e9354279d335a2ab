import { asKnown } from './address.ts';

/** A schema as the JSON that it is, as far as values are walked through by it. */
export interface SchemaNode {
  type?: string;
  enum?: unknown;
  format?: string;
  properties?: Record<string, SchemaNode>;
  items?: SchemaNode;
}

/** A text of a value, with its schema and where it is, as a JSON Pointer (RFC 6901). */
export interface TextAt {
  pointer: string;
  text: string;
  schema: SchemaNode;
}

/** All texts of a value for which its schema has something to say. */
export function* textsIn(schema: SchemaNode, value: unknown, pointer = ''): Generator<TextAt> {
  if (typeof value === 'string') {
    yield { pointer, text: value, schema };
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  for (const [key, each] of Object.entries(value)) {
    const inner = Array.isArray(value) ? schema.items : schema.properties?.[key];
    if (inner) yield* textsIn(inner, each, `${pointer}/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`);
  }
}

/** An address that is not in the form in which people are known. Undefined when there is none. */
export function mixedCaseIn(schema: SchemaNode, value: unknown): TextAt | undefined {
  for (const one of textsIn(schema, value)) {
    if (one.schema.format === 'email' && one.text !== asKnown(one.text)) return one;
  }
  return undefined;
}

/** A value with each address of its schema in the form in which people are known. */
export function inLowerCase(schema: SchemaNode, value: unknown): unknown {
  if (typeof value === 'string') return schema.format === 'email' ? asKnown(value) : value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    const { items } = schema;
    return items ? value.map((item) => inLowerCase(items, item)) : value;
  }
  const { properties } = schema;
  if (!properties) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, each]) => [key, inLowerCase(properties[key] ?? {}, each)]),
  );
}
