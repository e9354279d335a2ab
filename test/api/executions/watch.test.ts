import knex from 'knex';
import { afterAll, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { buildServer } from '../../../api/server.ts';
import { type Restored, restoreAll } from '../../../cli/restore.ts';
import { atMachine } from '../../../db/installation.ts';
import type { Email } from '../../../domain/basics.ts';
import { sign } from '../../../signing/sign.ts';
import { workflowIdOf } from '../../../workflows/messages.ts';
import { keys } from '../../support/keys.ts';
import { quietRuntime } from '../../support/quietRuntime.ts';
import { rewriteChain } from '../../support/rewriteChain.ts';
import { beginningNow, manager } from '../../workflows/support/people.ts';
import { openStage, type Stage } from '../../workflows/support/stage.ts';
import type { TestProgram } from '../../workflows/support/testProgram.ts';
import { found, openTwoTasks, resetWithoutUpdates, type Said, watching } from './support/watched.ts';

let stage: Stage;
let told: Said[];

beforeEach(() => {
  told = [];
});

beforeAll(async () => {
  quietRuntime('ERROR');
  stage = await openStage({ address: inject('temporalAddress'), bundle: inject('workflowBundle') });
  await stage.work();
});

afterAll(() => stage?.close());

async function goesOn(program: TestProgram): Promise<void> {
  const { seq } = (await stage.database.read.program(program.id))!;
  const answer = await program.send(manager, { type: 'pause', reason: 'It goes on' });
  expect(answer).toMatchObject({ firstSeq: seq + 1 });
  expect(await stage.database.register.verify(program.id)).toMatchObject({ ok: true });
}

test.each([
  ['cancelled', (program: TestProgram) => program.handle.cancel()],
  ['terminated', (program: TestProgram) => program.handle.terminate('by mistake')],
  ['reset', (program: TestProgram) => resetWithoutUpdates(stage, program)],
])('an execution that was %s is noticed, shown, and begun anew from the register', async (trouble, harm) => {
  const program = await stage.start(beginningNow());
  await stage.start(beginningNow());
  await openTwoTasks(program);
  const watch = watching(stage, told);
  await watch.sweep();
  expect(watch.findings()).toEqual([]);

  await harm(program);
  await found(watch, program, { trouble, healedAt: expect.any(String) });
  expect(told.map(({ programId, message }) => [programId, message])).toContainEqual([
    program.id,
    'The program was begun anew from the register, which is whole',
  ]);
  expect(watch.of(program.id)).toBeUndefined();
  expect(watch.counts()).toMatchObject({ [trouble]: 0 });
  await goesOn(program);
  await watch.sweep();
  expect(watch.counts()).toMatchObject({ [trouble]: 0, missing: 0 });
});

test('one whose chain is broken is noticed, counted and not begun anew, and says why', async () => {
  const program = await stage.start(beginningNow());
  const { id } = program;
  await rewriteChain(stage.databaseUrl, id, (payload) => payload);
  const tables = knex({
    client: 'sqlite3',
    connection: { filename: stage.databaseUrl.replace('sqlite:', '') },
    useNullAsDefault: true,
  });
  await tables('records')
    .where({ program_id: id, seq: 1 })
    .update({ hash: 'f'.repeat(64) });
  await tables.destroy();
  await program.handle.terminate('by mistake');

  const watch = watching(stage, told);
  const remedy = expect.stringContaining('broken at record 1');
  const finding = await found(watch, program, { trouble: 'terminated', remedy });
  expect(finding.detail).toContain('by mistake');
  expect(finding.healedAt).toBeUndefined();
  expect(watch.of(id)).toEqual(finding);
  expect(watch.counts()).toMatchObject({ terminated: 1 });
  await expect(program.handle.describe()).resolves.toMatchObject({ status: { name: 'TERMINATED' } });
  // Told once, however often it is looked at.
  await watch.sweep();
  expect(told.filter(({ programId }) => programId === id)).toHaveLength(2);
});

test('one that was terminated to be held is left so, and "certloop restore" takes it up', async () => {
  const program = await stage.start(beginningNow());
  await program.handle.terminate('hold: we look into it');
  const watch = watching(stage, told);
  await found(watch, program, { trouble: 'held', detail: expect.stringContaining('look into') });
  await watch.sweep();
  await expect(program.handle.describe()).resolves.toMatchObject({ status: { name: 'TERMINATED' } });

  const outcomes: Restored[] = [];
  for await (const outcome of restoreAll(stage.client, stage.database, keys, stage.taskQueue)) outcomes.push(outcome);
  expect(outcomes).toContainEqual(expect.objectContaining({ programId: program.id, outcome: 'restored' }));
  await expect.poll(() => watch.sweep().then(() => watch.of(program.id))).toBeUndefined();
  await goesOn(program);
});

/** Ends the run that goes on, and lets one end in its place in a way that our workflows never do. */
async function endAs(program: TestProgram, how: 'failed' | 'timedOut' | 'completed'): Promise<void> {
  const { client } = stage;
  await program.handle.terminate('to be followed by another');
  const taskQueue = { name: `ends-${program.id}` };
  await client.workflow.start('implementation', {
    workflowId: workflowIdOf(program.id),
    taskQueue: taskQueue.name,
    ...(how === 'timedOut' && { workflowExecutionTimeout: '1s' }),
  });
  if (how === 'timedOut') return void (await program.handle.result().catch(() => undefined));
  const { taskToken } = await client.withDeadline(Date.now() + 20_000, () =>
    client.workflowService.pollWorkflowTaskQueue({ namespace: 'default', taskQueue }),
  );
  // COMMAND_TYPE_COMPLETE_WORKFLOW_EXECUTION, COMMAND_TYPE_FAIL_WORKFLOW_EXECUTION
  const command =
    how === 'completed'
      ? { commandType: 4, completeWorkflowExecutionCommandAttributes: {} }
      : { commandType: 5, failWorkflowExecutionCommandAttributes: { failure: { message: 'out of hand' } } };
  await client.workflowService.respondWorkflowTaskCompleted({ namespace: 'default', taskToken, commands: [command] });
}

test.each(['failed', 'timedOut'] as const)('an execution that %s is begun anew', async (how) => {
  const program = await stage.start(beginningNow());
  await stage.start(beginningNow());
  await endAs(program, how);
  const watch = watching(stage, told);
  await found(watch, program, { trouble: how, healedAt: expect.any(String) });
  await goesOn(program);
});

test('one that came to its end while the register has it open is left, for it may know more', async () => {
  const program = await stage.start(beginningNow());
  await endAs(program, 'completed');
  const watch = watching(stage, told);
  await found(watch, program, { trouble: 'completed', remedy: expect.stringContaining('newest database') });
  await watch.sweep();
  expect(watch.counts()).toMatchObject({ completed: 1 });
  await expect(program.handle.describe()).resolves.toMatchObject({ status: { name: 'COMPLETED' } });
});

test('one that knows more than the register is ahead, and is left', async () => {
  const program = await stage.start(beginningNow());
  await program.send(manager, { type: 'pause', reason: 'It is recorded' });
  const { seq } = (await stage.database.read.program(program.id))!;
  const earlier = knex({
    client: 'sqlite3',
    connection: { filename: stage.databaseUrl.replace('sqlite:', '') },
    useNullAsDefault: true,
  });
  const { hash } = await earlier('records')
    .where({ program_id: program.id, seq: seq - 1 })
    .first('hash');
  await earlier('records').where({ program_id: program.id, seq }).delete();
  await earlier('programs')
    .where({ id: program.id })
    .update({ head_seq: seq - 1, head_hash: hash });
  await earlier.destroy();
  // It waits for the newest register, and is not waited for here.
  program.send(manager, { type: 'resume', reason: 'It goes on' }).catch(() => undefined);
  const watch = watching(stage, told);
  await found(watch, program, { trouble: 'ahead' });
  expect(watch.of(program.id)?.healedAt).toBeUndefined();
});

test('operations and administrators are shown it over HTTP by a process that watches, and nobody else is', async () => {
  const program = await stage.start(beginningNow());
  await program.handle.terminate('hold, for somebody to see it');
  const { client, database } = stage;
  const app = await buildServer({
    client,
    database,
    keys,
    watches: true,
    files: { store: {} } as never,
    settings: { publicUrl: 'http://localhost' },
  });
  await app.ready();
  const tokenOf = async (email: Email, installationRole?: 'operations') =>
    (await database.tokens.create({ email, name: email, ...(installationRole && { installationRole }) }, atMachine))
      .token;
  const asked = async (token: string) =>
    app.inject({ url: '/v1/executions', headers: { authorization: `Bearer ${token}` } });
  const operations = await tokenOf('ops@example.org', 'operations');
  await expect
    .poll(async () => (await asked(operations)).json().items, { interval: 500 })
    .toContainEqual(expect.objectContaining({ programId: program.id, trouble: 'held' }));
  // Told when the sweep that found it is done.
  await expect.poll(async () => String((await asked(operations)).json().sweptAt)).toMatch(/Z$/);
  expect((await asked(await tokenOf(manager))).statusCode).toBe(403);
  await app.close();
});

test('a closed program needs no execution, and one whose tasks fail again and again is stuck', async () => {
  const closed = await stage.start(beginningNow());
  await closed.send(manager, { type: 'cancel', reason: 'No longer wanted.' });
  const stuck = await stage.start(beginningNow());
  await stuck.handle.terminate('to be where its tasks fail');
  await stage.client.workflow.start('implementation', {
    workflowId: workflowIdOf(stuck.id),
    taskQueue: stage.taskQueue,
    args: [sign('start', workflowIdOf(stuck.id), { state: { id: stuck.id }, known: {} }, keys)],
  });
  const watch = watching(stage, told);
  await expect
    .poll(
      async () => {
        await watch.sweep();
        return watch.of(stuck.id);
      },
      { interval: 1_000 },
    )
    .toMatchObject({ trouble: 'stuck', detail: expect.stringContaining('WorkflowTaskFailed') });
  expect(watch.of(closed.id)).toBeUndefined();

  // What is wrong with it changes: who ends it has it begun anew, as if it had never been stuck.
  await stuck.handle.terminate('its history is what fails');
  await expect
    .poll(() => watch.sweep().then(() => watch.findings().find(({ programId }) => programId === stuck.id)), {
      interval: 500,
    })
    .toMatchObject({ trouble: 'terminated', healedAt: expect.any(String) });
});

test('a service that has none of the programs is taken for the wrong one: nothing is begun there', async () => {
  const place = await openStage({ address: inject('temporalAddress'), bundle: inject('workflowBundle') });
  const { tellStory } = await import('../support/story.ts');
  for (const id of ['lost-1', 'lost-2']) await tellStory(place.database, { id: `${id}-${place.taskQueue.slice(-8)}` });
  const watch = watching(place);
  await watch.sweep();
  expect(watch.counts()).toMatchObject({ missing: 2 });
  expect(watch.findings()[0]).toMatchObject({ remedy: expect.stringContaining('TEMPORAL_ADDRESS') });
  await watch.sweep();
  expect(watch.counts()).toMatchObject({ missing: 2 });
  await place.close();
});
