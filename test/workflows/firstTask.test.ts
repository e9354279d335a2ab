import { randomUUID } from 'node:crypto';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { temporal } from '@temporalio/proto';
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest';
import { summary } from '../../domain/views.ts';
import { sign } from '../../signing/sign.ts';
import {
  commandUpdate,
  type Envelope,
  type ProgramCarry,
  type ProgramStart,
  runLength,
  workflowIdOf,
} from '../../workflows/messages.ts';
import { Driver } from '../domain/support.ts';
import { keys } from '../support/keys.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { beginningNow, manager, owner, programOf } from './support/people.ts';
import { replays } from './support/replays.ts';
import { openStage, type Stage } from './support/stage.ts';
import { strangersWork } from './support/strangers.ts';
import type { TestProgram } from './support/testProgram.ts';

let stage: Stage;
beforeAll(async () => {
  quietRuntime('ERROR');
  stage = await openStage({ address: inject('temporalAddress'), bundle: inject('workflowBundle') });
});
afterAll(() => stage.close());

// What the program does by itself in that task, and what it is asked, are in the same order at a replay.
describe('an Update that comes with the first task of a run, in which the program begins', () => {
  test('is answered where it comes with the start', async () => {
    const program = stage.program(beginningNow());
    const { definition, id } = program;
    const start: ProgramStart = { definition, startedBy: manager, commandId: 'start', runLength };
    const startWorkflowOperation = new WithStartWorkflowOperation('gapAssessment', {
      workflowId: workflowIdOf(id),
      taskQueue: stage.taskQueue,
      workflowIdConflictPolicy: 'FAIL',
      args: [sign('start', workflowIdOf(id), start, keys)],
    }) as never;
    await work();
    await stage.client.workflow.executeUpdateWithStart(commandUpdate, {
      args: [command(program)],
      startWorkflowOperation,
    });
    expect(await begins(program)).toBe(true);
    await replays(program);
  });

  test.each([
    ['signed by its worker', true],
    ['signed by nobody, as an earlier version did', false],
  ])('is answered where the run goes on from another, %s', async (_, isSigned) => {
    const program = stage.program(beginningNow());
    const { definition, id } = program;
    const { state, records, now } = new Driver(
      programOf(id, beginningNow()),
      `${definition.plan.startsOn}T00:00:00.000Z`,
    );
    const rows = { program: summary(state, now), tasks: [], audits: [], findings: [] };
    await stage.database.register.append({
      programId: id,
      expectedSeq: 0,
      commandId: 'start',
      records,
      rows,
      notices: [],
    });
    await handOver(program, { state, known: {}, runLength }, isSigned);
    const updateId = randomUUID();
    const answer = program.handle.executeUpdate(commandUpdate, { args: [command(program)], updateId });
    await expect.poll(() => isAdmitted(program, updateId)).toBe(true);
    await work();
    await answer;
    expect(await begins(program)).toBe(true);
    await replays(program);
  });
});

/** A worker for one test: the next has to find none. */
async function work(): Promise<void> {
  const worker = await stage.work();
  onTestFinished(() => worker.stop());
}

function command({ id }: TestProgram): Envelope {
  const openTask = { type: 'openTask', title: 'Write the policy', assignee: owner, dueOn: '2099-02-02' } as const;
  const envelope: Envelope = { commandId: randomUUID(), actor: { email: manager }, command: openTask };
  return sign('command', workflowIdOf(id), envelope, keys);
}

/** Whether Temporal has an Update that waits for a worker. */
async function isAdmitted({ handle }: TestProgram, updateId: string): Promise<boolean> {
  const {
    UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_UNSPECIFIED: atOnce,
    UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ADMITTED: admitted,
  } = temporal.api.enums.v1.UpdateWorkflowExecutionLifecycleStage;
  const { stage: reached } = await stage.client.workflowService.pollWorkflowExecutionUpdate({
    namespace: 'default',
    updateRef: { workflowExecution: { workflowId: handle.workflowId }, updateId },
    waitPolicy: { lifecycleStage: atOnce },
  });
  return reached === admitted;
}

/** Whether the program began by itself, and has what it was asked for, once. */
async function begins(program: TestProgram): Promise<boolean> {
  const records = await program.records();
  const asked = records.filter(({ type, actor }) => type === 'TaskOpened' && actor === manager);
  return asked.length === 1 && records.some(({ type }) => type === 'ProgramBegan');
}

/** Has a run of a program go on from one before, on the stage's task queue. */
async function handOver({ id, handle }: TestProgram, carry: ProgramCarry, isSigned: boolean): Promise<void> {
  const taskQueue = await strangersWork();
  const handed = isSigned ? sign('carry', workflowIdOf(id), carry, keys) : carry;
  const args = [carry.state.phase, stage.taskQueue, handed];
  await stage.client.workflow.start('handsOver', { workflowId: workflowIdOf(id), taskQueue, args });
  await expect.poll(async () => (await handle.describe()).type).toBe(carry.state.phase);
}
