import { randomBytes, randomUUID } from 'node:crypto';
import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { Worker } from '@temporalio/worker';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { createGateway } from '../../api/gateway.ts';
import { dataConverter } from '../../config/dataConverter.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { signEnvelope } from '../../signing/client.ts';
import { keysFrom } from '../../signing/keys.ts';
import { sign } from '../../signing/sign.ts';
import { commandSignal, type Envelope, type ProgramStart, workflowIdOf } from '../../workflows/messages.ts';
import { keys } from '../support/keys.ts';
import { toGapAssessment } from './support/paths.ts';
import { decisionMaker, manager, owner } from './support/people.ts';
import { stageOfFile } from './support/stageOfFile.ts';
import { strangersWork } from './support/strangers.ts';
import type { TestProgram } from './support/testProgram.ts';

/** A key of somebody else's, for one person. */
const theirs = randomBytes(32).toString('base64');
const all = keysFrom(`${Buffer.alloc(32, 'test').toString('base64')}\n${theirs} ${manager.toUpperCase()}`);

const stage = stageOfFile('ERROR', all);

const pause: UserCommand = { type: 'pause', reason: 'Somebody else says so' };
const task: UserCommand = { type: 'openTask', title: 'Write the policy', assignee: owner, dueOn: '2030-02-15' };
/** Keys that the workers do not have. */
const strangeKeys = keysFrom(randomBytes(32).toString('base64'));

let program: TestProgram;
let other: TestProgram;

beforeAll(async () => {
  [program, other] = await Promise.all([begun(), begun()]);
});

type Sent = Omit<Partial<Envelope>, 'signature'> & { signature?: unknown };

/** What somebody sends who can reach Temporal, and has seen what others sent. */
const forgeries: [what: string, by: (signed: Envelope, to: string) => Sent][] = [
  ['unsigned', ({ signature: _, ...bare }) => bare],
  ['with a signature that is none', (signed) => ({ ...signed, signature: 'yes' })],
  ['with a signature that is no text', (signed) => ({ ...signed, signature: { key: 1 } })],
  ['of another program', (signed) => signedFor(other.id, bare(signed))],
  ['under another command id', (signed) => ({ ...signed, commandId: randomUUID() })],
  ['in the name of somebody else', (signed) => ({ ...signed, actor: { email: decisionMaker } })],
  ['as an administrator', (signed) => ({ ...signed, actor: { ...signed.actor, installationRole: 'administrator' } })],
  ['with another command', (signed) => ({ ...signed, command: task })],
  ['with another reason', (signed) => ({ ...signed, command: { ...pause, reason: 'Altered' } as never })],
  [
    'with what it says of other programs',
    (signed) => ({ ...signed, elsewhere: [{ email: owner, roles: ['owner'], owns: 0 }] }),
  ],
  ['signed with a key that was retired', (signed, to) => signedFor(to, bare(signed), strangeKeys)],
  ['signed as a start', (signed, to) => sign('start', workflowIdOf(to), bare(signed), keys) as never],
];

describe('a command that nobody signed as it is', () => {
  test.each(forgeries)('is refused as an update without a trace: %s', async (_, forge) => {
    const envelope = forge(signedFor(program.id, fresh()), program.id);
    const before = await traces(program);
    for (const name of ['command', 'commands'])
      expect(await failureOf(program.handle.executeUpdate(name, { args: [envelope] }))).toMatchObject({
        type: 'NotSigned',
      });
    expect(await traces(program)).toEqual(before);
  });

  test.each(forgeries)('leaves as a signal whose name it used, and that nobody signed it: %s', async (_, forge) => {
    const target = await begun();
    const before = (await target.records()).length;
    const envelope = forge(signedFor(target.id, fresh()), target.id);
    await target.signalAsItIs(envelope);
    const left = (await target.records()).slice(before);
    const data = { commandId: envelope.commandId, sentBy: envelope.actor!.email, code: 'unsigned' };
    expect(left).toMatchObject([{ type: 'CommandRejected', actor: 'system', data }]);
    expect(await target.send(manager, task)).toMatchObject({ firstSeq: before + 2 });
  });

  test('cannot be sent by the program itself, signed or not', async () => {
    const envelope = signedFor(program.id, {
      ...fresh(),
      actor: { email: 'system' },
      command: { type: 'tick' } as never,
    });
    expect(await failureOf(program.handle.executeUpdate('command', { args: [envelope] }))).toMatchObject({
      type: 'Rejected',
    });
  });

  test('is not taken for signed because its payload says so', async () => {
    const json = Buffer.from(JSON.stringify(fresh()));
    const metadata = { encoding: Buffer.from('json/plain'), 'certloop-signature': new Uint8Array() };
    expect(await program.updatePayloads([{ metadata, data: json }])).toMatch(/^The message is not signed/);
    const withSignature = Buffer.from(JSON.stringify({ ...fresh(), signature: 'yes' }));
    expect(await program.updatePayloads([{ metadata, data: withSignature }])).toMatch(/^The message is not signed/);
  });

  test('does not get the answer of the one whose id it uses', async () => {
    const envelope = signedFor(program.id, { ...fresh(), command: task });
    await program.signalAsItIs(envelope);
    const altered = { ...envelope, command: pause };
    expect(await failureOf(program.handle.executeUpdate('command', { args: [altered] }))).toMatchObject({
      type: 'NotSigned',
    });
  });

  test('is noted twenty times a day and no more, however many there are', async () => {
    const target = await begun();
    const sent = Array.from({ length: 60 }, () => target.handle.signal(commandSignal, fresh()));
    await Promise.all(sent);
    await target.rest();
    expect(await target.recordsOf('CommandRejected')).toHaveLength(20);
    expect(await target.send(manager, task)).toMatchObject({ commandId: expect.any(String) });
  });
});

test('a signed command that is sent again, as it was, does nothing and gets the same answer', async () => {
  const envelope = signedFor(program.id, { ...fresh(), command: task });
  const send = () => program.handle.executeUpdate('command', { updateId: randomUUID(), args: [envelope] });
  const answer = await send();
  const before = (await program.records()).length;
  expect(await send()).toEqual(answer);
  await program.signalAsItIs(envelope);
  expect(await program.records()).toHaveLength(before);
});

test('a key of somebody else signs for their people, as members do, and for nobody else', async () => {
  const theirKeys = keysFrom(theirs);
  const send = (actor: Envelope['actor']) => {
    const envelope = signedFor(program.id, { ...fresh(), actor, command: task }, theirKeys);
    return failureOf(program.handle.executeUpdate('command', { args: [envelope] }));
  };
  expect(await send({ email: manager })).toBeUndefined();
  expect(await send({ email: owner })).toMatchObject({ type: 'NotSigned' });
  expect(await send({ email: manager, installationRole: 'administrator' })).toMatchObject({ type: 'NotSigned' });
  const id = newId();
  expect(await endOf(id, sign('start', workflowIdOf(id), startOf(id), theirKeys))).toMatchObject({ type: 'NotSigned' });
});

describe('a run that nobody signed the start of', () => {
  test('ends before anything is recorded', async () => {
    const id = newId();
    expect(await endOf(id, startOf(id))).toMatchObject({ type: 'NotSigned' });
    const signed = sign('start', workflowIdOf(id), startOf(id), keys);
    const altered = { ...signed, definition: { ...signed.definition, name: 'Another' } };
    expect(await endOf(id, altered)).toMatchObject({ type: 'NotSigned' });
    expect(await stage.database.register.records(id)).toEqual([]);
  });

  test.each([[{ bad: 1 }], [null], [5], [[]], [{ definition: null }], [{ state: null }]])(
    'ends when it is nothing of the kind: %j',
    async (start) => {
      expect(await endOf(newId(), start)).toMatchObject({ type: 'NotSigned' });
    },
  );

  test('ends when it is the start of a program that there is, under another id', async () => {
    const id = newId();
    const start = sign('start', workflowIdOf(program.id), { ...startOf(program.id), commandId: 'start' }, keys);
    expect(await endOf(id, start)).toMatchObject({ type: 'NotSigned' });
  });

  test.each([
    ['once', {}],
    ['by a schedule', { cronSchedule: '@every 1s' }],
    ['again and again', { retry: { maximumAttempts: 5, initialInterval: '100ms' } }],
  ])('ends when it begins with a state that somebody made up, %s', async (_, options) => {
    const id = newId();
    const state = { ...(await program.state()), id };
    const handle = await stage.client.workflow.start(state.phase, {
      workflowId: workflowIdOf(id),
      taskQueue: stage.taskQueue,
      args: [{ state, known: {} }],
      ...options,
    });
    const first = await closed(id, handle.firstExecutionRunId);
    expect(first.failure).toMatchObject({ applicationFailureInfo: { type: 'NotSigned' } });
    // Temporal begins the next by itself, which then has a run before it.
    if (first.next) expect((await closed(id, first.next)).failure?.applicationFailureInfo?.type).toBe('NotSigned');
    expect(await stage.database.register.records(id)).toEqual([]);
    await handle.terminate().catch(() => undefined);
  });

  test('leaves the id to whoever signs', async () => {
    const target = stage.program();
    expect(await endOf(target.id, startOf(target.id))).toMatchObject({ type: 'NotSigned' });
    await stage.gateway.start(target.definition, { email: manager }, 'start');
    expect((await target.records()).length).toBeGreaterThan(0);
  });
});

describe('a workflow of somebody else', () => {
  test('that goes on as a program with a state that it made up ends before anything is recorded', async () => {
    const victim = await begun();
    const state = await victim.state();
    const { length } = await victim.records();
    await victim.handle.terminate('Away');
    const people = [...state.people, { email: 'mallory@evil.example', name: 'Mallory', roles: ['programManager'] }];
    for (const signature of [undefined, sign('start', workflowIdOf(victim.id), { state, known: {} }, keys).signature]) {
      const carry = { state: { ...state, people }, known: {}, runLength: 200, signature };
      const args = [state.phase, stage.taskQueue, carry];
      const taskQueue = await strangersWork();
      const handle = await stage.client.workflow.start('handsOver', {
        workflowId: victim.handle.workflowId,
        taskQueue,
        args,
      });
      expect(await handle.result().catch((error: Error) => error.cause)).toMatchObject({ type: 'NotSigned' });
    }
    expect(await victim.records()).toHaveLength(length);
  });

  test.each([
    ['under an id of its own', () => `stranger/${randomUUID()}`],
    ['under the id of the program', (id: string) => workflowIdOf(id)],
  ])('gets no activity of the workers, %s', async (_, workflowIdFor) => {
    const victim = await begun();
    const records = await victim.records();
    const head = records.at(-1)!;
    await victim.handle.terminate('Away');
    const person = { email: 'mallory@evil.example', name: 'Mallory', roles: ['programManager'] };
    const made = {
      ...head,
      seq: head.seq + 1,
      type: 'PersonAdded',
      actor: 'system',
      commandId: 'made',
      data: { person },
    };
    const rows = { program: { id: victim.id }, tasks: [], audits: [], findings: [] };
    const input = {
      programId: victim.id,
      expectedSeq: head.seq,
      commandId: 'made',
      records: [made],
      rows,
      notices: [],
    };
    const signed = sign('command', workflowIdOf(victim.id), input, keys);
    const asked: [activity: string, input: unknown][] = [
      ['append', input],
      ['appendWhenPossible', input],
      ['appendPatiently', input],
      ['appendWhenPossible', signed],
      ['appendWhenPossible', { ...input, records: [] }],
      ['lookUpHolidays', { country: 'DE', from: 2_000, through: 60_000 }],
      ['checkSignature', { envelope: signed }],
    ];
    const taskQueue = await strangersWork();
    for (const [activity, given] of asked) {
      const asking = stage.client.workflow.execute('asks', {
        workflowId: workflowIdFor(victim.id),
        taskQueue,
        args: [activity, stage.taskQueue, given],
      });
      expect(await asking.catch((error: Error) => (error.cause as Error).cause)).toMatchObject({ type: 'NotSigned' });
    }
    expect(await victim.records()).toEqual(records);
  });
});

describe('a command that was signed for some time only', () => {
  const late = () => signEnvelope(program.id, { ...fresh(), command: task }, keys, -1_000);

  test('is refused when that is over, as an update and as a signal', async () => {
    const failure = await failureOf(program.handle.executeUpdate('command', { args: [late()] }));
    expect(failure).toMatchObject({ type: 'NotSigned', message: expect.stringContaining('sign it anew') });
    const before = (await program.records()).length;
    await program.signalAsItIs(late());
    const noted = (await program.records()).slice(before);
    expect(noted.map(({ type }) => type)).toEqual(['CommandRejected']);
  });

  test('is taken in that time, and its time cannot be changed', async () => {
    const inTime = signEnvelope(program.id, { ...fresh(), command: task }, keys, 60_000);
    const [key, until, code] = inTime.signature.split('.');
    const longer = { ...inTime, signature: [key, Number(until) + 1, code].join('.') };
    const forEver = { ...inTime, signature: [key, code].join('.') };
    for (const sent of [longer, forEver]) {
      expect(await failureOf(program.handle.executeUpdate('command', { args: [sent] }))).toMatchObject({
        type: 'NotSigned',
      });
    }
    expect(await failureOf(program.handle.executeUpdate('command', { args: [inTime] }))).toBeUndefined();
  });
});

test('an API whose key the workers do not have is told so, with what to do', async () => {
  const { client, database, taskQueue } = stage;
  const gateway = createGateway({ client, database, taskQueue, keys: strangeKeys });
  const told = {
    status: 503,
    message: expect.stringMatching(new RegExp(`key ${strangeKeys.first.id}, which the workers do not have`)),
  };
  await expect(gateway.command(program.id, fresh())).rejects.toMatchObject(told);
  await expect(gateway.start(stage.program().definition, { email: manager }, 'start')).rejects.toMatchObject(told);
});

test('what was taken is replayed when its key is long gone', async () => {
  const target = await begun();
  await target.signalAsItIs(signedFor(target.id, { ...fresh(), command: task }));
  await target.signalAsItIs(fresh());
  await target.send(manager, task);
  const history = await target.handle.fetchHistory();
  const options = {
    workflowBundle: { codePath: inject('workflowBundle') },
    dataConverter: dataConverter({ signing: strangeKeys }),
    debugMode: false,
  };
  for await (const { error } of Worker.runReplayHistories(options, [{ workflowId: target.handle.workflowId, history }]))
    expect(error).toBeUndefined();
});

async function begun(): Promise<TestProgram> {
  const started = await stage.start();
  await toGapAssessment(started);
  return started;
}

function newId(): string {
  return `p-${randomUUID().slice(0, 8)}`;
}

function fresh(): Envelope {
  return { commandId: randomUUID(), actor: { email: manager }, command: pause };
}

function bare({ signature: _, ...envelope }: Envelope): Envelope {
  return envelope;
}

function signedFor(programId: string, envelope: Envelope, by = keys): Envelope {
  return sign('command', workflowIdOf(programId), envelope, by);
}

function startOf(id: string): ProgramStart {
  return { definition: { ...program.definition, id }, startedBy: manager, commandId: 'start' };
}

/** What is left of what was sent: records, and events of the history. Tasks are none of it: one that is late leaves its own. */
async function traces({ handle, id }: TestProgram): Promise<unknown> {
  const { events } = await handle.fetchHistory();
  const left = events!.filter(
    (event) =>
      event.workflowExecutionUpdateAcceptedEventAttributes ||
      event.workflowExecutionSignaledEventAttributes ||
      event.markerRecordedEventAttributes,
  );
  return { events: left.length, records: (await stage.database.register.records(id)).length };
}

/** How a run failed, once it did, and which run Temporal began after it. */
async function closed(id: string, runId: string) {
  const handle = stage.client.workflow.getHandle(workflowIdOf(id), runId);
  await expect.poll(async () => (await handle.describe()).status.name).toBe('FAILED');
  const { events } = await handle.fetchHistory();
  const end = events?.at(-1)?.workflowExecutionFailedEventAttributes;
  return { failure: end?.failure, next: end?.newExecutionRunId };
}

/** Starts a run as anybody can who reaches Temporal; gives what it ended with. */
async function endOf(id: string, start: unknown): Promise<unknown> {
  const handle = await stage.client.workflow.start('gapAssessment', {
    workflowId: workflowIdOf(id),
    taskQueue: stage.taskQueue,
    args: [start],
  });
  return handle.result().then(
    () => undefined,
    (error: Error) => error.cause,
  );
}

async function failureOf(update: Promise<unknown>): Promise<ApplicationFailure | undefined> {
  const error = await update.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error === undefined) return undefined;
  expect(error).toBeInstanceOf(WorkflowUpdateFailedError);
  const { cause } = error as WorkflowUpdateFailedError;
  return cause instanceof ApplicationFailure ? cause : expect.fail(String(cause));
}
