import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation, WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { describe, expect, test } from 'vitest';
import type { UserCommand } from '../../domain/registry.ts';
import { sign } from '../../signing/sign.ts';
import {
  commandsUpdate,
  commandUpdate,
  type Envelope,
  type ProgramCarry,
  settleUpdate,
  workflowIdOf,
} from '../../workflows/messages.ts';
import { keys } from '../support/keys.ts';
import { toGapAssessment } from './support/paths.ts';
import { manager, owner } from './support/people.ts';
import { replays } from './support/replays.ts';
import { stageOfFile } from './support/stageOfFile.ts';
import type { TestProgram } from './support/testProgram.ts';

const stage = stageOfFile('ERROR');

const task: UserCommand = { type: 'openTask', title: 'Write the policy', assignee: owner, dueOn: '2030-02-15' };

// An Update with a start comes with the first task of the run, when the start is not known yet to be signed.
describe('an Update that comes with the first task of a program that is put back', () => {
  test('is answered: one command, and many', async () => {
    const program = await ended();
    const answer = await program.putBackWith(commandUpdate, signedFor(program, { command: task }));
    expect(answer).toMatchObject({ firstSeq: program.before + 1 });
    const second = await ended();
    expect(await second.putBackWith(commandsUpdate, signedFor(second, { commands: [task, task] }))).toMatchObject({
      results: [{ ok: true }, { ok: true }],
    });
    expect(await program.added()).toEqual(['TaskOpened']);
    await replays(program);
  });

  test('is answered: whether it is at rest', async () => {
    const program = await ended();
    expect(await program.putBackWith(settleUpdate)).toMatchObject({ seq: program.before, continues: false });
  });

  test('is refused where the command is, with the reason', async () => {
    const program = await ended();
    const command: UserCommand = { type: 'reassignTask', taskId: 'T-999', to: owner };
    await expect(program.putBackWith(commandUpdate, signedFor(program, { command }))).rejects.toSatisfy(
      (error) => failureOf(error)?.type === 'Rejected' && /T-999/.test(failureOf(error)!.message),
    );
    expect(await program.added()).toEqual([]);
    expect(await program.send(manager, task)).toMatchObject({ firstSeq: program.before + 1 });
    await replays(program);
  });

  test.each([
    [
      'nobody signed it',
      (program: TestProgram) => ({ ...signedFor(program, { command: task }), signature: 'none' }),
      'NotSigned',
    ],
    ['it is no envelope', () => 'do it' as never, 'Rejected'],
  ])('is refused where %s', async (_, envelopeFor, type) => {
    const program = await ended();
    await expect(program.putBackWith(commandUpdate, envelopeFor(program))).rejects.toSatisfy(
      (error) => failureOf(error)?.type === type,
    );
    expect(await program.send(manager, task)).toMatchObject({ firstSeq: program.before + 1 });
  });

  test('is refused with a start that nobody signed, and nothing is recorded', async () => {
    const program = await ended();
    const forged = { ...program.carry, signature: undefined };
    await expect(program.putBackWith(commandUpdate, signedFor(program, { command: task }), forged)).rejects.toSatisfy(
      (error) => failureOf(error)?.type === 'NotSigned',
    );
    expect(await program.added()).toEqual([]);
  });
});

test('a Signal that comes again, after its program was put back, is not told as refused', async () => {
  const program = await begun();
  const pause = { commandId: 'once', actor: { email: manager }, command: { type: 'pause', reason: 'Moving house' } };
  await program.signal(pause);
  const again = await end(program);
  await again.putBackWith(settleUpdate);
  await again.signal(pause);
  expect(await again.added()).toEqual([]);
  await again.signal({ ...pause, commandId: 'twice' });
  expect(await again.added()).toEqual(['CommandRejected']);
  await replays(again);
});

/** A program that is in the register and no longer in Temporal, with what it is put back with. */
async function ended() {
  return end(await begun());
}

async function begun(): Promise<TestProgram> {
  const program = await stage.start();
  await toGapAssessment(program);
  return program;
}

async function end(program: TestProgram) {
  const state = await program.state();
  await program.handle.terminate('away');
  const before = (await program.records()).length;
  const carry = sign<ProgramCarry>('start', workflowIdOf(program.id), { state, known: {} }, keys);
  const putBackWith = (
    update: typeof commandUpdate | typeof commandsUpdate | typeof settleUpdate,
    envelope?: unknown,
    start: unknown = carry,
  ): Promise<unknown> => {
    const startWorkflowOperation = new WithStartWorkflowOperation(state.phase, {
      workflowId: workflowIdOf(program.id),
      taskQueue: stage.taskQueue,
      workflowIdConflictPolicy: 'FAIL',
      args: [start],
    });
    const args = (envelope === undefined ? [] : [envelope]) as never;
    return stage.client.workflow.executeUpdateWithStart(update as typeof commandUpdate, {
      args,
      startWorkflowOperation: startWorkflowOperation as never,
    });
  };
  const added = async () => (await program.records()).slice(before).map(({ type }) => type);
  return Object.assign(program, { carry, before, putBackWith, added });
}

function signedFor(program: TestProgram, asked: object): Envelope {
  const envelope = { commandId: randomUUID(), actor: { email: manager }, ...asked };
  return sign('command', workflowIdOf(program.id), envelope as Envelope, keys);
}

/** The failure at the bottom of an Update that failed. */
function failureOf(error: unknown): ApplicationFailure | undefined {
  const cause = error instanceof WorkflowUpdateFailedError ? error.cause : undefined;
  return cause instanceof ApplicationFailure ? cause : undefined;
}
