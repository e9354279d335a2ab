import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Restored, restoreAll } from '../../../cli/restore.ts';
import { workflowIdOf } from '../../../workflows/messages.ts';
import { keys } from '../../support/keys.ts';
import { quietRuntime } from '../../support/quietRuntime.ts';
import { beginningNow, manager } from '../../workflows/support/people.ts';
import { openStage, type Stage } from '../../workflows/support/stage.ts';
import type { TestProgram } from '../../workflows/support/testProgram.ts';
import { found, openTwoTasks, resetWithoutUpdates, watching } from './support/watched.ts';

let stage: Stage;

beforeAll(async () => {
  quietRuntime('ERROR');
  stage = await openStage({ address: inject('temporalAddress'), bundle: inject('workflowBundle') });
  await stage.work();
});

afterAll(() => stage?.close());

async function restored(program: TestProgram): Promise<Restored> {
  for await (const outcome of restoreAll(stage.client, stage.database, keys, stage.taskQueue))
    if (outcome.programId === program.id) return outcome;
  throw new Error('It was not asked for.');
}

async function goesOn(program: TestProgram): Promise<void> {
  const { seq } = (await stage.database.read.program(program.id))!;
  const answer = await program.send(manager, { type: 'pause', reason: 'It goes on' });
  expect(answer).toMatchObject({ firstSeq: seq + 1 });
}

/** Ends the program's own run and starts something under its id, which runs and does nothing. */
async function replaceBy(program: TestProgram, type: string, taskQueue: string, startDelay?: string): Promise<void> {
  await program.handle.terminate('to be followed by another');
  const workflowId = workflowIdOf(program.id);
  await stage.client.workflow.start(type, { workflowId, taskQueue, ...(startDelay && { startDelay }) });
}

test.each([
  ['a workflow of another type', 'somethingElse', undefined, undefined],
  ['one of ours where nobody works on it', 'gapAssessment', 'a-queue-of-nobody', undefined],
  ['one of ours that begins in years', 'gapAssessment', undefined, '1000 days'],
])('%s in the place of a program is noticed, shown and counted, and "certloop restore" ends it', async (_, ...what) => {
  const [type, queue, startDelay] = what as [string, string?, string?];
  const program = await stage.start(beginningNow());
  await replaceBy(program, type, queue ?? stage.taskQueue, startDelay);
  const watch = watching(stage);
  await found(watch, program, {
    trouble: 'foreign',
    detail: expect.stringContaining('a workflow'),
    remedy: expect.stringContaining('certloop restore'),
  });
  expect(watch.counts()).toMatchObject({ foreign: 1 });
  expect(watch.of(program.id)?.healedAt).toBeUndefined();

  expect(await restored(program)).toMatchObject({
    outcome: 'restored',
    detail: expect.stringContaining('in its place ran a workflow'),
  });
  await goesOn(program);
  await expect.poll(() => watch.sweep().then(() => watch.of(program.id))).toBeUndefined();
});

test('one that was cancelled and then reset to an earlier point is noticed, and begun anew', async () => {
  const program = await stage.start(beginningNow());
  await openTwoTasks(program);
  await resetWithoutUpdates(stage, program, async () => {
    await program.handle.cancel();
    await program.handle.result().catch(() => undefined);
  });
  const watch = watching(stage);
  await found(watch, program, { trouble: 'reset', healedAt: expect.any(String) });
  await goesOn(program);
});

test('one that runs again after it was ended, and does not answer, is silent', async () => {
  const place = await openStage({ address: inject('temporalAddress'), bundle: inject('workflowBundle') });
  const worker = await place.work();
  const program = await place.start(beginningNow());
  await worker.stop();
  await program.handle.terminate('by mistake');
  for await (const _ of restoreAll(place.client, place.database, keys, place.taskQueue));
  const watch = watching(place);
  await found(watch, program, { trouble: 'silent' });
  await place.work();
  await expect.poll(() => watch.sweep().then(() => watch.of(program.id))).toBeUndefined();
  await place.close();
});
