import fc from 'fast-check';
import type { TSchema } from 'typebox';
import type { TLocalizedValidationError } from 'typebox/error';
import { describe, expect, test } from 'vitest';
import { validationProblem } from '../../api/fieldErrors.ts';
import { Problem } from '../../api/problem.ts';
import { bulkBody, bulkValidatorCompiler } from '../../api/schemas/bulk.ts';
import { validatorCompiler } from '../../api/validator.ts';
import type { Rejection } from '../../domain/answers.ts';
import { type CommandType, commands } from '../../domain/registry.ts';
import { mustBeEnvelope, NotAnEnvelope } from '../../workflows/envelope.ts';
import { unreadable } from '../../workflows/payloads.ts';
import { type Broken, broken, brokenOnPurpose } from './support/brokenPayloads.ts';

const types = Object.keys(commands) as CommandType[];
const sender = { commandId: 'c-1', actor: { email: 'mia@example.org' } };
const pause = { type: 'pause', reason: 'The plant is flooded' };
const runs = 100;

describe.each(types)('a payload of %s', (type) => {
  const schema: TSchema = commands[type].payload;
  const example: object = commands[type].example.payload;

  const overHttp = asHttp(validatorCompiler, schema);
  const manyOverHttp = asHttp(bulkValidatorCompiler, bulkBody);

  test('is taken as its example has it', () => {
    expect(refusalOf({ ...sender, command: { type, ...example } })).toBeUndefined();
    expect(overHttp(example)).toBe('taken');
  });

  test('that is broken in one place is refused exactly when HTTP refuses it, for the same reason', () => {
    const check = ({ payload, isWrong }: Broken) => {
      const judged = overHttp(payload);
      if (isWrong) expect({ payload, judged }).toEqual({ payload, judged: expect.any(Problem) });
      expectTheSame(payload, refusalOf({ ...sender, command: withType(type, payload) }), judged);
    };
    const examples = brokenOnPurpose(schema, example);
    fc.assert(fc.property(broken(schema, example), check), { examples, numRuns: examples.length + runs });
  });

  test('that is broken among many is refused in the same way', () => {
    const check = ({ payload }: Broken) => {
      const many = { commands: [pause, withType(type, payload)], atomic: true };
      expectTheSame(payload, refusalOf({ ...sender, ...many }), manyOverHttp(many));
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
    [
      'names no token by its id',
      { ...sender, actor: { ...sender.actor, tokenId: { secret: 'x' } }, command: pause },
      'validation',
      '/actor/tokenId',
    ],
    [
      'names a token by more than an id',
      { ...sender, actor: { ...sender.actor, tokenId: 'x'.repeat(101) }, command: pause },
      'text',
      '/actor/tokenId',
    ],
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
    ['names its list at length', { ...sender, commands: [pause], list: 'x'.repeat(1_500_000) }, 'text', '/list: '],
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

  test('is refused for a text that is as long as a message, in a few words', () => {
    const task = { type: 'openTask', title: 'Write it', assignee: 'olu@example.org', dueOn: '2030-02-01' };
    const refused = (fields: object) => refusalOf({ ...sender, command: { ...task, ...fields } })?.detail;
    expect(refused({ title: 'x'.repeat(1_500_000) })).toMatch(/^\/title: is longer than 200 .{1,60}$/);
    expect(refused({ ['x'.repeat(1_500_000)]: 1 })).toMatch(/^\/x{999}…$/);
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

/** What HTTP makes of a value. It puts addresses in lower case: then it takes the value, but changed. */
type Judged = 'taken' | 'changed' | Problem;

function asHttp(compiler: typeof validatorCompiler, schema: TSchema): (value: unknown) => Judged {
  const validate = compiler({ schema, method: 'POST', url: '/', httpPart: 'body' });
  return (value) => {
    const result = validate(value) as { value?: unknown; error?: Problem | TLocalizedValidationError[] };
    if (result.error) return Array.isArray(result.error) ? validationProblem(result.error, 'body') : result.error;
    return JSON.stringify(result.value) === JSON.stringify(value) ? 'taken' : 'changed';
  };
}

/** A program wants addresses to be sent in lower case, and says of an envelope only what is wrong. */
function expectTheSame(payload: object, refusal: Rejection | undefined, judged: Judged): void {
  if (judged === 'taken') expect({ payload, refusal }).toEqual({ payload, refusal: undefined });
  else if (judged === 'changed') expect({ payload, refusal }).toMatchObject({ refusal: { code: 'validation' } });
  else {
    const { code, detail } = refusal ?? {};
    expect({ payload, code }).toEqual({ payload, code: judged.code });
    expect(judged.message).toContain(detail?.replace(/…$/, ''));
  }
  expect((refusal?.detail ?? '').length).toBeLessThan(1_100);
}

/** A command of a payload that may have any fields; its type is never one of them. */
function withType(type: CommandType, payload: object): object {
  return Object.defineProperties({ type }, Object.getOwnPropertyDescriptors(payload));
}
