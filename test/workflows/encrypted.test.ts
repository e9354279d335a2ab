import { randomBytes } from 'node:crypto';
import { Client } from '@temporalio/client';
import proto from '@temporalio/proto';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { onPlainPayload } from '../../config/encryption.ts';
import { signEnvelope } from '../../signing/client.ts';
import { encryptionKeysFrom } from '../../signing/keys.ts';
import type { RunningWorker } from '../../worker/worker.ts';
import { workflowIdOf } from '../../workflows/messages.ts';
import { keys } from '../support/keys.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { toGapAssessment, toImplementation } from './support/paths.ts';
import { manager, owner } from './support/people.ts';
import { openStage, type Stage } from './support/stage.ts';

const { GetWorkflowExecutionHistoryResponse, DescribeWorkflowExecutionResponse } =
  proto.temporal.api.workflowservice.v1;
const admitted =
  proto.temporal.api.enums.v1.UpdateWorkflowExecutionLifecycleStage.UPDATE_WORKFLOW_EXECUTION_LIFECYCLE_STAGE_ADMITTED;
const secret = randomBytes(32).toString('base64');

let stage: Stage;
let worker: RunningWorker;

beforeAll(async () => {
  quietRuntime('ERROR');
  const place = { address: inject('temporalAddress'), bundle: inject('workflowBundle') };
  stage = await openStage({ ...place, encryption: { ...encryptionKeysFrom(secret), required: true } });
  worker = await stage.work();
});

afterAll(() => stage?.close());

test('Temporal keeps nothing that tells of people or of what they do, where it is encrypted', async () => {
  const program = await stage.start();
  await toGapAssessment(program);
  await program.send(manager, {
    type: 'openTask',
    title: 'Write the secret policy',
    assignee: owner,
    dueOn: '2030-02-15',
  });
  await program.signal({
    commandId: 'refused',
    actor: { email: owner },
    command: { type: 'pause', reason: 'Secretly' },
  });
  await toImplementation(program);
  expect((await program.state()).name).toBe(program.definition.name);

  const words = [
    'secret policy',
    'Secretly',
    program.definition.name,
    ...program.definition.people.map(({ email }) => email),
  ];
  const runs = await program.runs();
  expect(runs.length).toBeGreaterThan(1);
  const { workflowService } = stage.client;
  for (const { runId } of runs) {
    const execution = { workflowId: workflowIdOf(program.id), runId };
    const history = await workflowService.getWorkflowExecutionHistory({ namespace: 'default', execution });
    const described = await workflowService.describeWorkflowExecution({ namespace: 'default', execution });
    const kept = Buffer.concat([
      GetWorkflowExecutionHistoryResponse.encode(history).finish(),
      DescribeWorkflowExecutionResponse.encode(described).finish(),
    ]);
    expect(history.history?.events?.length).toBeGreaterThan(5);
    expect(words.filter((word) => kept.includes(word))).toEqual([]);
  }
});

test('why a command was refused, and what failed, are not to be read in a history', async () => {
  const program = await stage.start();
  await toGapAssessment(program);
  const pause = (commandId: string) =>
    program.send(manager, { type: 'pause', reason: 'Secretly' }, commandId).then(() => undefined, String);
  // All wait for the worker, which takes them at once: the others pass the door and are refused behind it.
  await worker.stop();
  const ids = ['a', 'b', 'c'];
  const answers = ids.map(pause);
  for (const id of ids) await expect.poll(() => isWaiting(program.id, id)).toBe(true);
  worker = await stage.work();
  const refused = (await Promise.all(answers)).filter((text) => text !== undefined);
  expect(refused).toHaveLength(2);
  const forger = 'forger@example.org';
  await stage.client.workflow
    .getHandle(workflowIdOf(program.id))
    .signal('command', { commandId: 'forged', actor: { email: forger }, command: { type: 'resume' } });
  await expect.poll(async () => (await program.recordsOf('CommandRejected')).length).toBe(1);
  const [rejected] = await program.recordsOf('CommandRejected');

  const { workflowService } = stage.client;
  const execution = { workflowId: workflowIdOf(program.id) };
  const { history } = await workflowService.getWorkflowExecutionHistory({ namespace: 'default', execution });
  const failures = JSON.stringify(history).match(/"message":"[^"]*"/g);
  expect(failures).toContain('"message":"Encoded failure"');
  expect(new Set(failures)).toEqual(new Set(['"message":"Encoded failure"']));
  const kept = Buffer.from(proto.temporal.api.history.v1.History.encode(history!).finish());
  const words = [refused[0]!.replace(/^\w+: /, ''), rejected!.data.detail, forger, 'Secretly'];
  expect(words.filter((word) => kept.includes(word))).toEqual([]);
});

/** Whether a command has come to Temporal, which has nobody to give it to. */
async function isWaiting(programId: string, updateId: string): Promise<boolean> {
  const updateRef = { workflowExecution: { workflowId: workflowIdOf(programId) }, updateId };
  const waitPolicy = { lifecycleStage: admitted };
  return stage.client.workflowService
    .pollWorkflowExecutionUpdate({ namespace: 'default', updateRef, waitPolicy })
    .then(({ stage }) => stage === admitted);
}

test('where encryption is required, what comes unencrypted is not read, and what was refused is told', async () => {
  const program = await stage.start();
  await toGapAssessment(program);
  let came = 0;
  onPlainPayload(() => {
    came++;
  });
  const plain = new Client({ connection: stage.client.connection });
  const envelope = {
    commandId: 'plain',
    actor: { email: manager },
    command: { type: 'pause' as const, reason: 'Openly' },
  };
  await plain.workflow.getHandle(workflowIdOf(program.id)).signal('command', signEnvelope(program.id, envelope, keys));
  await expect.poll(async () => (await program.recordsOf('CommandRejected')).length).toBe(1);
  expect((await program.state()).status).not.toBe('paused');
  expect(came).toBeGreaterThan(0);
});
