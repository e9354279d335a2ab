import type { Payload } from '@temporalio/common';
import { beforeAll, describe, expect, test } from 'vitest';
import type { UserCommand } from '../../domain/registry.ts';
import { toGapAssessment } from './support/paths.ts';
import { manager, owner } from './support/people.ts';
import { stageOfFile } from './support/stageOfFile.ts';
import type { TestProgram } from './support/testProgram.ts';

const stage = stageOfFile();

const task: UserCommand = { type: 'openTask', title: 'Write the policy', assignee: owner, dueOn: '2030-02-15' };

describe('a command that comes as a signal', () => {
  test('is recorded, once for each command id', async () => {
    const program = await begun();
    const envelope = { commandId: 'signaled', actor: { email: manager }, command: task };
    await program.signal(envelope);
    await program.signal(envelope);

    const recorded = (await program.records()).filter(({ commandId }) => commandId === 'signaled');
    expect(recorded).toMatchObject([{ type: 'TaskOpened', actor: manager }]);
    expect(await program.send(manager, { type: 'pause', reason: 'Another' }, 'signaled')).toMatchObject({
      firstSeq: recorded[0]!.seq,
    });
  });

  test('leaves why it was refused', async () => {
    const program = await begun();
    await program.signal({ commandId: 'not-mine', actor: { email: owner }, command: { type: 'pause', reason: 'x' } });

    const [rejected, ...more] = await program.recordsOf('CommandRejected');
    expect(more).toEqual([]);
    expect(rejected).toMatchObject({
      actor: 'system',
      data: { commandId: 'not-mine', commandType: 'pause', sentBy: owner, code: 'role' },
    });
    expect(rejected!.data.detail).toContain('program manager');
  });

  test('leaves why, for each of many that are refused at the same time', async () => {
    const program = await begun();
    const ids = Array.from({ length: 10 }, (_, index) => `refused-${index}`);
    const refused = (commandId: string) => ({
      commandId,
      actor: { email: owner },
      command: { type: 'pause', reason: 'x' },
    });
    await Promise.all(ids.map((commandId) => program.signal(refused(commandId))));

    const rejections = await program.recordsOf('CommandRejected');
    expect(rejections.map(({ data }) => data.commandId).sort()).toEqual(ids);
  });

  test('of many commands leaves why for each that was refused, where the others are taken', async () => {
    const program = await begun();
    const commands = [task, { type: 'extendTask', taskId: 'T-99', dueOn: '2030-03-01', reason: 'x' }, task];
    await program.signal({ commandId: 'three', actor: { email: manager }, commands, atomic: false });

    const recorded = (await program.records()).filter(({ commandId }) => commandId === 'three');
    expect(recorded.map(({ type }) => type)).toEqual(['TaskOpened', 'TaskOpened']);
    const rejections = await program.recordsOf('CommandRejected');
    expect(rejections.map(({ data }) => data)).toMatchObject([
      { commandId: 'three', commandType: 'extendTask', sentBy: manager, code: 'unknown' },
    ]);
  });

  test('of hundreds that are refused, in many signals at once, leaves why in one commit for each', async () => {
    const program = await begun();
    const none: UserCommand = { type: 'extendTask', taskId: 'T-99', dueOn: '2030-03-01', reason: 'x' };
    const commands = Array.from({ length: 200 }, () => none);
    const signals = Array.from({ length: 30 }, (_, index) => ({
      commandId: `many-${index}`,
      actor: { email: manager },
    }));
    await Promise.all(signals.map((signal) => program.signal({ ...signal, commands, atomic: false })));

    const rejections = await program.recordsOf('CommandRejected');
    expect(rejections).toHaveLength(signals.length * commands.length);
    expect(new Set(rejections.map(({ commandId }) => commandId)).size).toBe(signals.length);
    expect(await program.send(manager, task)).toMatchObject({ warnings: [] });
  });

  const actor = { email: manager };
  /** One program takes all of these. */
  let hardened: Promise<TestProgram>;
  beforeAll(() => {
    hardened = begun();
  });

  const malformed: [what: string, envelope: unknown][] = [
    ['nothing', undefined],
    ['half of a character', { commandId: 'm0', actor, command: { ...task, title: 'Write \ud83d it' } }],
    ['half of a character in its id', { commandId: 'm0 \ud83d', actor, command: task }],
    ['a character that PostgreSQL does not take in its id', { commandId: 'm0 \0', actor, command: task }],
    ['an address of two lines', { commandId: 'm0', actor, command: { ...task, assignee: '"a\nb"@example.org' } }],
    ['a title of two lines', { commandId: 'm0', actor, command: { ...task, title: 'Write\r\nit' } }],
    ['null', null],
    ['a text', 'garbage'],
    ['a number', 42],
    ['a list', [task]],
    ['no command', { commandId: 'm1', actor }],
    ['no actor', { commandId: 'm2', command: task }],
    ['no command id', { actor, command: task }],
    ['fields that cannot be read', { commandId: { toString: 1 }, actor: { email: {} }, command: { type: [] } }],
    ['an empty command id', { commandId: '', actor, command: task }],
    ['a command id that is no text', { commandId: { a: 1 }, actor, command: task }],
    ['a command id of the program itself', { commandId: 'tick@7', actor, command: task }],
    ['an unknown command', { commandId: 'm3', actor, command: { type: 'makeCoffee' } }],
    ['a command of every object', { commandId: 'm4', actor, command: { type: 'constructor' } }],
    ['a command of the program itself', { commandId: 'm5', actor, command: { type: 'tick' } }],
    ['the program as its sender', { commandId: 'm6', actor: { email: 'system' }, command: { type: 'tick' } }],
    ['a command without its fields', { commandId: 'm7', actor, command: { type: 'openTask' } }],
    ['fields of the wrong kind', { commandId: 'm8', actor, command: { ...task, title: { a: 1 }, dueOn: [] } }],
  ];

  test.each(malformed)('leaves a rejection when it has or is %s, and the program goes on', async (_, envelope) => {
    const program = await hardened;
    const before = (await program.records()).length;
    await program.signal(envelope);

    const left = (await program.records()).slice(before);
    expect(left.map(({ type }) => type)).toEqual(['CommandRejected']);
    expect(await program.send(manager, task)).toMatchObject({ firstSeq: before + 2 });
  });

  test('is refused in the same way as an update, which leaves nothing', async () => {
    const program = await hardened;
    const before = (await program.records()).length;
    for (const [, envelope] of malformed) {
      const update = program.handle.executeUpdate('command', { args: [program.signed(envelope)] });
      await expect(update).rejects.toMatchObject({ cause: { type: 'Rejected' } });
    }
    expect(await program.records()).toHaveLength(before);
  });

  const text = (value: string) => new TextEncoder().encode(value);
  const payload = (encoding: string, data?: Uint8Array): Payload => ({ metadata: { encoding: text(encoding) }, data });
  const envelope = (program: TestProgram, commandId: string) =>
    payload('json/plain', text(JSON.stringify(program.signed({ commandId, actor, command: task }))));

  const unread: [what: string, payload: Payload][] = [
    ['no JSON', payload('json/plain', text('{"commandId": "half'))],
    ['no UTF-8', payload('json/plain', Uint8Array.of(0x22, 0xff, 0xfe, 0x22, 0x80))],
    ['no bytes', payload('json/plain')],
    ['bytes as they are', payload('binary/plain', text(JSON.stringify({ commandId: 'bytes', actor, command: task })))],
    ['of an encoding that nobody knows', payload('binary/encrypted', Uint8Array.of(1, 2, 3))],
    ['of no encoding', { metadata: {}, data: text('{}') }],
    ['without metadata', { data: text('{}') }],
    ['a list, of lists, of lists, …', payload('json/plain', text('['.repeat(200_000) + ']'.repeat(200_000)))],
  ];

  test.each(unread)('leaves a rejection when its payload is %s, and the program goes on', async (_, sent) => {
    const program = await hardened;
    const before = (await program.records()).length;
    await program.signalPayloads([sent]);

    const left = (await program.records()).slice(before);
    expect(left).toMatchObject([{ type: 'CommandRejected', data: { commandId: '', code: 'unsigned' } }]);
    expect(await program.send(manager, task)).toMatchObject({ firstSeq: before + 2 });
  });

  test.each(unread)('is refused in the same way as an update, when its payload is %s', async (_, sent) => {
    const program = await hardened;
    const before = (await program.records()).length;
    for (const name of ['command', 'commands'])
      expect(await program.updatePayloads([sent], name)).toMatch(/^The command cannot be read: |^commandId: /);
    expect(await program.records()).toHaveLength(before);
  });

  test('leaves a rejection when it has no payload at all, and is read when it has one too many', async () => {
    const program = await hardened;
    const before = (await program.records()).length;
    await program.signalPayloads([]);
    await program.signalPayloads([envelope(program, 'first'), ...unread.map(([, sent]) => sent)]);

    const left = (await program.records()).slice(before);
    expect(left).toMatchObject([{ type: 'CommandRejected' }, { type: 'TaskOpened', commandId: 'first' }]);
  });

  test('leaves nothing when nobody listens to its name', async () => {
    const program = await hardened;
    const before = (await program.records()).length;
    await program.signalPayloads([unread[0]![1]], 'whatever');
    await program.signalPayloads([unread[0]![1]], '__temporal_whatever');
    expect(await program.updatePayloads([unread[0]![1]], 'whatever')).toContain('No registered handler');

    expect(await program.send(manager, task)).toMatchObject({ firstSeq: before + 1 });
  });
});

async function begun(): Promise<TestProgram> {
  const program = await stage.start();
  await toGapAssessment(program);
  return program;
}
