import { beforeAll, describe, expect, test } from 'vitest';
import { toGapAssessment } from './support/paths.ts';
import { manager, owner } from './support/people.ts';
import { stageOfFile } from './support/stageOfFile.ts';
import type { TestProgram } from './support/testProgram.ts';

const stage = stageOfFile();

const task = { type: 'openTask', title: 'Write the policy', assignee: owner, dueOn: '2030-02-15' };

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
    expect(rejected!.data.detail).toContain('programManager');
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
    expect(await program.send(manager, { ...task, type: 'openTask' })).toMatchObject({ firstSeq: before + 2 });
  });

  test('is refused in the same way as an update, which leaves nothing', async () => {
    const program = await hardened;
    const before = (await program.records()).length;
    for (const [, envelope] of malformed) {
      const update = program.handle.executeUpdate('command', { args: [envelope] });
      await expect(update).rejects.toMatchObject({ cause: { type: 'Rejected' } });
    }
    expect(await program.records()).toHaveLength(before);
  });
});

async function begun(): Promise<TestProgram> {
  const program = await stage.start();
  await toGapAssessment(program);
  return program;
}
