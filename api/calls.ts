import type { TSchema } from 'typebox';
import type { Address } from '../domain/registry/command.ts';
import type { SchemaNode } from '../domain/registry/walk.ts';
import { type CommandType, commands } from '../domain/registry.ts';
import type { Call, KnownIds } from '../words/mail/types.ts';

const methods = {
  create: 'POST',
  act: 'POST',
  replace: 'PUT',
  change: 'PATCH',
  remove: 'DELETE',
} as const satisfies Record<Address['does'], string>;
export type Method = (typeof methods)[Address['does']];

/** The HTTP method of an address. */
export function methodOf({ does }: Address): Method {
  return methods[does];
}

/** The parameters of an address, with the field of the payload that each is. */
export function parametersOf({ path, renamed = {} }: Address): { param: string; field: string }[] {
  const fields = new Map(Object.entries(renamed).map(([field, param]) => [param, field]));
  return [...path.matchAll(/:(\w+)/g)].map(([, param = '']) => ({ param, field: fields.get(param) ?? param }));
}

/**
 * The call that sends a command, with a body to fill in, made from the command's example: texts are `…`, dates
 * `YYYY-MM-DD`, links `https://…`. What is known, such as the id of the task that it answers, is filled in.
 */
export function callOf(type: CommandType, known: KnownIds): Call {
  const ids: Record<string, string | undefined> = known;
  const { address, payload, example } = commands[type];
  const parameters = parametersOf(address);
  const url = parameters.reduce((path, { param }) => {
    const id = ids[param];
    return path.replace(`:${param}`, id === undefined ? `{${param}}` : encodeURIComponent(id));
  }, address.path);
  const schemas: Record<string, TSchema> = payload.properties;
  const fields = Object.entries(example.payload)
    .filter(([name]) => parameters.every(({ field }) => field !== name))
    .map(([name, value]) => [name, ids[name] ?? blank(schemas[name], value)] as const);
  if (address.does !== 'remove') return { method: methodOf(address), url, body: spaced(Object.fromEntries(fields)) };
  const query = fields.map(([name, value]) => `${name}=${value}`).join('&');
  return { method: methodOf(address), url: query ? `${url}?${query}` : url, body: '' };
}

function blank(schema: SchemaNode = {}, value: unknown): unknown {
  if (typeof value === 'string') return blankText(schema, value);
  if (Array.isArray(value)) {
    // What is the same once it is blank is shown once.
    const items = value.map((item) => blank(schema.items, item));
    return items.filter((item, index) => items.findIndex((other) => spaced(other) === spaced(item)) === index);
  }
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, blank(schema.properties?.[name], each)]),
  );
}

function blankText(schema: SchemaNode, value: string): string {
  if (schema.enum) return value;
  if (schema.format === 'date') return 'YYYY-MM-DD';
  return value.startsWith('https://') ? 'https://…' : '…';
}

/** JSON on one line, with blanks for people to read. */
function spaced(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(spaced).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).map(([name, each]) => `${JSON.stringify(name)}: ${spaced(each)}`);
  return fields.length > 0 ? `{ ${fields.join(', ')} }` : '{}';
}
