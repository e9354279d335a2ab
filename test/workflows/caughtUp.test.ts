import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Email } from '../../domain/basics.ts';
import type { UserCommand } from '../../domain/registry.ts';
import { decideOne } from '../../workflows/decided.ts';
import { catchUpUpdate } from '../../workflows/messages.ts';
import { toGapAssessment } from './support/paths.ts';
import { internalAuditor, manager, owner, sponsor } from './support/people.ts';
import { replays } from './support/replays.ts';
import { stageOfFile } from './support/stageOfFile.ts';
import type { TestProgram } from './support/testProgram.ts';

const stage = stageOfFile('ERROR');

const task: UserCommand = { type: 'openTask', title: 'Write the policy', assignee: owner, dueOn: '2030-02-15' };

// What was recorded and shown is known to whoever sends the next command, also where the worker that recorded it was killed
// before it could say so, and nobody sent that command again.
test('a command about what only the register knows is carried out', async () => {
  const program = await begun();
  const taskId = await recordUnseen(program, task);
  const answer = await program.send(manager, { type: 'reassignTask', taskId, to: manager });
  expect((await program.records()).at(-1)).toMatchObject({ seq: answer.lastSeq, type: 'TaskReassigned' });
  await replays(program);
});

test.each([true, false])('so are many of which each is about that, atomic: %s', async (atomic) => {
  const program = await begun();
  const taskId = await recordUnseen(program, task);
  const commands: UserCommand[] = [{ type: 'reassignTask', taskId, to: manager }];
  const sent = { commandId: randomUUID(), actor: { email: manager } as const, commands, atomic };
  expect((await stage.gateway.bulk(program.id, sent)).results).toMatchObject([{ ok: true }]);
  await replays(program);
});

test('so is what several people send of it at the same time', async () => {
  const program = await begun();
  const taskId = await recordUnseen(program, task);
  const send = (to: Email) => program.send(manager, { type: 'reassignTask', taskId, to });
  const whom: Email[] = [manager, sponsor, internalAuditor];
  expect(await Promise.all(whom.map(send))).toHaveLength(3);
});

test.each([
  ['a command', (command: UserCommand) => ({ command })],
  ['many commands', (command: UserCommand) => ({ commands: [command], atomic: false })],
])('so is what comes as a Signal: %s', async (_, asked) => {
  const program = await begun();
  const taskId = await recordUnseen(program, task);
  const envelope = asked({ type: 'reassignTask', taskId, to: manager });
  await program.signal({ commandId: 'signaled', actor: { email: manager }, ...envelope });
  expect((await program.records()).at(-1)).toMatchObject({ type: 'TaskReassigned', commandId: 'signaled' });
  await replays(program);
});

test('a step back from what only the register knows is taken', async () => {
  const program = await begun();
  await recordUnseen(program, { type: 'pause', reason: 'Moving house' });
  await program.send(manager, { type: 'resume', reason: 'Moved' });
  expect((await program.records()).slice(-2).map(({ type }) => type)).toContain('ProgramResumed');
});

test('what is refused for what is recorded stays refused', async () => {
  const program = await begun();
  await recordUnseen(program, task);
  const { code } = await program.refusal(manager, { type: 'reassignTask', taskId: 'T-999', to: owner });
  expect(code).toBe('unknown');
  expect(await program.refusal(manager, { type: 'reassignTask', taskId: 'T-999', to: owner })).toMatchObject({ code });
});

test('a program that knows all that is recorded learns nothing more', async () => {
  const program = await begun();
  const before = await program.state();
  await program.handle.executeUpdate(catchUpUpdate);
  expect(await program.state()).toEqual(before);
  await replays(program);
});

async function begun(): Promise<TestProgram> {
  const program = await stage.start();
  await toGapAssessment(program);
  return program;
}

/** Records a command as its workflow would, and leaves the workflow without it; gives the last task that there is then. */
async function recordUnseen(program: TestProgram, command: UserCommand): Promise<string> {
  const state = await program.state();
  const { now, seq } = await program.settle();
  const commandId = randomUUID();
  const decided = decideOne(state, { commandId, actor: { email: manager }, command }, now as never);
  await stage.database.register.append({ programId: program.id, expectedSeq: seq, commandId, ...decided.commit });
  return Object.keys(decided.state.tasks).at(-1)!;
}
