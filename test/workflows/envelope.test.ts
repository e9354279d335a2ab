import fc from 'fast-check';
import type { TSchema } from 'typebox';
import { describe, expect, test } from 'vitest';
import { bulkBody, bulkValidatorCompiler } from '../../api/schemas/bulk.ts';
import { validatorCompiler } from '../../api/validator.ts';
import type { Rejection } from '../../domain/answers.ts';
import type { SchemaNode } from '../../domain/registry/walk.ts';
import { type CommandType, commands } from '../../domain/registry.ts';
import { mustBeEnvelope, NotAnEnvelope } from '../../workflows/envelope.ts';
import { unreadable } from '../../workflows/payloads.ts';

type Path = (string | number)[];
/** A payload as it travels, and one that is known to be wrong. */
interface Broken {
  payload: object;
  isWrong: boolean;
}

const types = Object.keys(commands) as CommandType[];
const sender = { commandId: 'c-1', actor: { email: 'mia@example.org' } };
const pause = { type: 'pause', reason: 'The plant is flooded' };
const runs = 150;

describe.each(types)('a payload of %s', (type) => {
  const schema: TSchema = commands[type].payload;
  const example: object = commands[type].example.payload;

  test('is taken as its example has it', () => {
    expect(refusalOf({ ...sender, command: { type, ...example } })).toBeUndefined();
    expect(overHttp(validatorCompiler, schema, example)).toBe('taken');
  });

  test('that is broken in one place is refused exactly when HTTP refuses it', () => {
    const validate = validatorOf(validatorCompiler, schema);
    const check = ({ payload, isWrong }: Broken) => {
      const refusal = refusalOf({ ...sender, command: withType(type, payload) });
      const judged = judgedBy(validate, payload);
      expect({ payload, refused: refusal !== undefined }).toEqual({ payload, refused: judged !== 'taken' });
      if (isWrong) expect({ payload, judged }).toEqual({ payload, judged: 'refused' });
      expect((refusal?.detail ?? '').length).toBeLessThan(2_000);
    };
    fc.assert(fc.property(broken(schema, example), check), { numRuns: runs });
  });

  test('is looked at in the same way among many', () => {
    const validate = validatorOf(bulkValidatorCompiler, bulkBody);
    const check = ({ payload }: Broken) => {
      const many = { commands: [pause, withType(type, payload)], atomic: true };
      const refusal = refusalOf({ ...sender, ...many });
      expect({ payload, refused: refusal !== undefined }).toEqual({
        payload,
        refused: judgedBy(validate, many) !== 'taken',
      });
      if (refusal) expect(refusal.detail).toMatch(/^\/?commands[/[]1/);
    };
    fc.assert(fc.property(broken(schema, example), check), { numRuns: runs / 5 });
  });
});

describe('an envelope', () => {
  const wrong: [what: string, envelope: unknown, code: string, detail: string][] = [
    ['cannot be read', unreadable, 'malformed', 'The command cannot be read'],
    ['has no command id', { ...sender, commandId: undefined, command: pause }, 'malformed', 'commandId: '],
    ['has an id of the program itself', { ...sender, commandId: 'tick@1', command: pause }, 'malformed', 'commandId: '],
    ['has half a character in its id', { ...sender, commandId: 'c\ud83d', command: pause }, 'text', 'commandId: '],
    ['names no sender', { ...sender, actor: {}, command: pause }, 'malformed', 'actor.email: '],
    ['is sent by the program', { ...sender, actor: { email: 'system' }, command: pause }, 'malformed', 'actor.email: '],
    ['is sent by no address', { ...sender, actor: { email: '@' }, command: pause }, 'malformed', 'actor.email: '],
    [
      'is sent by an address that is too long',
      { ...sender, actor: { email: `${'a'.repeat(1_500_000)}@example.org` }, command: pause },
      'malformed',
      'actor.email: ',
    ],
    [
      'is sent by an address in mixed case',
      { ...sender, actor: { email: 'Mia@Example.org' }, command: pause },
      'validation',
      'actor.email: ',
    ],
    ['has no command', sender, 'malformed', 'command: '],
    ['has a command without a type', { ...sender, command: { reason: 'x' } }, 'malformed', 'command: '],
    ['has a type that is broken', { ...sender, command: { type: 'pa\ud83d' } }, 'malformed', 'command: '],
    ['has no list of commands', { ...sender, commands: null }, 'malformed', 'commands: '],
    ['has no commands', { ...sender, commands: [], atomic: true }, 'malformed', 'commands: '],
    ['has 201 commands', { ...sender, commands: Array(201).fill(pause), atomic: true }, 'malformed', 'commands: '],
    ['has a command that is none', { ...sender, commands: [pause, 'pause'] }, 'malformed', 'commands[1]: '],
    ['is half atomic', { ...sender, commands: [pause], atomic: 'half' }, 'validation', '/atomic: '],
    ['names its list at length', { ...sender, commands: [pause], list: 'x'.repeat(1_500_000) }, 'text', '/list '],
  ];

  test.each(wrong)('that %s is refused', (_what, envelope, code, detail) => {
    const refusal = refusalOf(envelope);
    expect(refusal).toMatchObject({ kind: 'invalid', code });
    expect(refusal!.detail.slice(0, detail.length)).toBe(detail);
    expect(refusal!.detail.length).toBeLessThan(300);
  });

  test('is taken with 200 commands', () => {
    expect(refusalOf({ ...sender, commands: Array(200).fill(pause), atomic: false })).toBeUndefined();
  });

  test('is refused with the code and the words of HTTP', () => {
    const task = { type: 'openTask', title: 'Write it', assignee: 'olu@example.org', dueOn: '2030-02-01' };
    const refused = (fields: object) => refusalOf({ ...sender, command: { ...task, ...fields } });
    expect(refused({ dueOn: '2030-02-30' })).toEqual({
      kind: 'invalid',
      code: 'dates',
      detail: '/dueOn: is not a day of the calendar; send one that exists, as YYYY-MM-DD.',
    });
    expect(refused({ title: 'x'.repeat(1_500_000) })).toEqual({
      kind: 'invalid',
      code: 'text',
      detail: '/title is longer than 200 characters (800 bytes in UTF-8); shorten it.',
    });
    expect(refused({ title: 7, color: 'red' })).toEqual({
      kind: 'invalid',
      code: 'validation',
      detail: '/color: is not known here; leave it out. /title: must be string.',
    });
    expect(refused({ ['x'.repeat(1_500_000)]: 1 })?.detail).toMatch(/^\/x{999}…$/);
  });
});

/** Why an envelope is refused; undefined when it is not. */
function refusalOf(envelope: unknown): Rejection | undefined {
  try {
    mustBeEnvelope(envelope);
    return undefined;
  } catch (error) {
    if (error instanceof NotAnEnvelope) return error.rejection;
    throw error;
  }
}

type Validate = (value: unknown) => { value?: unknown; error?: unknown };

function validatorOf(compiler: typeof validatorCompiler, schema: TSchema): Validate {
  return compiler({ schema, method: 'POST', url: '/', httpPart: 'body' }) as Validate;
}

/** HTTP puts addresses in lower case, which a program wants to be sent so. */
function judgedBy(validate: Validate, value: unknown): 'taken' | 'refused' | 'changed' {
  const result = validate(value);
  if (result.error) return 'refused';
  return JSON.stringify(result.value) === JSON.stringify(value) ? 'taken' : 'changed';
}

function overHttp(compiler: typeof validatorCompiler, schema: TSchema, value: unknown) {
  return judgedBy(validatorOf(compiler, schema), value);
}

/** A command of a payload that may have any fields; its type is never one of them. */
function withType(type: CommandType, payload: object): object {
  return Object.defineProperties({ type }, Object.getOwnPropertyDescriptors(payload));
}

/** Nothing in a place: the field is left out. */
const nothing = Symbol('nothing');

/** A payload that is broken in one place: a value of another kind, too long, missing, or a field that is not known. */
function broken(schema: SchemaNode, example: object): fc.Arbitrary<Broken> {
  const places = [...placesIn(schema, example)];
  const objects = places.filter(({ node }) => node.properties);
  const fields = places.filter(({ path }) => path.length > 0);
  const extra = fc.record({ place: fc.constantFrom(...objects), name: names, value: fc.jsonValue({ maxDepth: 1 }) });
  const added = extra
    .filter(({ place, name }) => !Object.hasOwn(place.node.properties ?? {}, name) && name !== 'type')
    .map(({ place, name, value }) => ({ payload: changed(example, [...place.path, name], value), isWrong: true }));
  if (fields.length === 0) return added;
  const another = fc.record({ place: fc.constantFrom(...fields), value: fc.oneof(values, fc.jsonValue()) });
  const replaced = another.map(({ place: { path, node }, value }) => ({
    payload: changed(example, path, value),
    isWrong: isOfAnotherType(node, value),
  }));
  return fc.oneof({ weight: 1, arbitrary: added }, { weight: 4, arbitrary: replaced });
}

const names = fc.oneof(fc.constantFrom('color', '__proto__', 'constructor', 'toString', 'email'), fc.string());

const values = fc.constantFrom<unknown>(
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
);

/** Every place of a payload: what the example has, and what it could have beside it. */
function* placesIn(node: SchemaNode, value: unknown, path: Path = []): Generator<{ path: Path; node: SchemaNode }> {
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
