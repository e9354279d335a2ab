import fc from 'fast-check';
import type { SchemaNode } from '../../../domain/registry/walk.ts';

/** A payload that is broken in one place, as it travels. */
export interface Broken {
  payload: object;
  /** Whether no schema takes it: a value of another type, or a field that is not known. */
  isWrong: boolean;
}

type Path = (string | number)[];
interface Place {
  path: Path;
  node: SchemaNode;
}

/** Nothing in a place: the field is left out. */
const nothing = Symbol('nothing');

/** Names of fields that are not known. */
const names = fc.oneof(fc.constantFrom('color', '__proto__', 'constructor', 'toString', 'email'), fc.string());

/** Values that most fields do not take: of other types, too long, broken, or no day. */
const values: unknown[] = [
  nothing,
  null,
  true,
  0,
  -1,
  42,
  1.5,
  1e300,
  {},
  [],
  [1],
  [{}],
  '',
  ' ',
  'banana',
  'x'.repeat(20_000),
  '👨‍👩‍👧'.repeat(150),
  'e\u0301'.repeat(150),
  'two\nlines',
  'half \ud83d',
  'zero \0',
  '2030-02-30',
  '2030-02-28',
  'MIA@Example.ORG',
  `${'a'.repeat(300)}@example.org`,
  'javascript:alert(1)',
  '__proto__',
  Array(500).fill('x'),
];

/** Payloads that are broken in one place: another value, or a field that is not known. */
export function broken(schema: SchemaNode, example: object): fc.Arbitrary<Broken> {
  const places = [...placesIn(schema, example)];
  const objects = places.filter(({ node }) => node.properties);
  const fields = places.filter(({ path }) => path.length > 0);
  const extra = fc.record({ place: fc.constantFrom(...objects), name: names, value: fc.jsonValue({ maxDepth: 1 }) });
  const added = extra
    .filter(({ place, name }) => !Object.hasOwn(place.node.properties ?? {}, name) && name !== 'type')
    .map(({ place, name, value }) => ({ payload: changed(example, [...place.path, name], value), isWrong: true }));
  if (fields.length === 0) return added;
  const replaced = fc
    .record({ place: fc.constantFrom(...fields), value: fc.jsonValue() })
    .map(({ place, value }) => replacedAt(place, example, value));
  return fc.oneof({ weight: 1, arbitrary: added }, { weight: 3, arbitrary: replaced });
}

/** Each value that is likely to be wrong, in each place of a payload. */
export function brokenOnPurpose(schema: SchemaNode, example: object): [Broken][] {
  const fields = [...placesIn(schema, example)].filter(({ path }) => path.length > 0);
  return fields.flatMap((place) => values.map((value): [Broken] => [replacedAt(place, example, value)]));
}

function replacedAt({ path, node }: Place, example: object, value: unknown): Broken {
  return { payload: changed(example, path, value), isWrong: isOfAnotherType(node, value) };
}

/** Every place of a payload: what the example has, and what it could have beside it. */
function* placesIn(node: SchemaNode, value: unknown, path: Path = []): Generator<Place> {
  yield { path, node };
  for (const [key, inner] of Object.entries(node.properties ?? {}))
    yield* placesIn(inner, (value as Record<string, unknown> | undefined)?.[key], [...path, key]);
  if (node.items && Array.isArray(value)) yield* placesIn(node.items, value[0], [...path, 0]);
}

function isOfAnotherType({ type }: SchemaNode, value: unknown): boolean {
  if (!type || value === nothing) return false;
  if (type === 'integer') return !Number.isInteger(value);
  if (type === 'array') return !Array.isArray(value);
  if (type === 'object') return typeof value !== 'object' || value === null || Array.isArray(value);
  return typeof value !== type;
}

/** A copy of a value as it travels, with another value in one place. A place within what is not there is made first. */
function changed(value: unknown, [key, ...rest]: Path, to: unknown): object {
  const copy = (value === undefined ? (typeof key === 'number' ? [] : {}) : structuredClone(value)) as object;
  const inner: unknown = Object.getOwnPropertyDescriptor(copy, key!)?.value;
  const entry = rest.length > 0 ? changed(inner, rest, to) : to;
  if (entry === nothing) Reflect.deleteProperty(copy, key!);
  else Object.defineProperty(copy, key!, { value: entry, enumerable: true, configurable: true, writable: true });
  return copy;
}
