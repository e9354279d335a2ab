import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import { expect, inject, onTestFinished, test } from 'vitest';
import { beginFrom } from '../../../api/executions/begin.ts';
import { summary } from '../../../domain/views.ts';
import { workflowIdOf } from '../../../workflows/messages.ts';
import { Driver } from '../../domain/support.ts';
import { keys } from '../../support/keys.ts';
import { programOf } from '../../workflows/support/people.ts';
import { openStage, type Stage } from '../../workflows/support/stage.ts';
import { watching } from './support/watched.ts';

// More than a watch asks for in three sweeps: the rest is missing to it by then, and most of all.
const many = 420;

test('hundreds of programs that are ended at once are all begun anew', async () => {
  const stage = await openStage({ address: inject('temporalAddress'), bundle: inject('workflowBundle') });
  onTestFinished(() => stage.close());
  const limit = pLimit(8);
  const ids = Array.from({ length: many }, () => `p-${randomUUID().slice(0, 8)}`);
  const handles = ids.map((id) => stage.client.workflow.getHandle(workflowIdOf(id)));
  onTestFinished(async () => {
    await limit.map(handles, (handle) => handle.terminate().catch(() => undefined));
  });
  await limit.map(ids, (id) => begin(stage, id));
  const watch = watching(stage);
  await watch.sweep();
  expect(watch.findings()).toEqual([]);

  await limit.map(handles, (handle) => handle.terminate('All at once'));
  const running = async () => {
    await watch.sweep();
    const standing = await limit.map(handles, (handle) => handle.describe());
    return standing.filter(({ status }) => status.name === 'RUNNING').length;
  };
  await expect.poll(running, { interval: 500, timeout: 300_000 }).toBe(many);
}, 400_000);

/** A program in the register and in Temporal, for which no worker has to run. */
async function begin({ client, database, taskQueue }: Stage, id: string): Promise<void> {
  const { state, records, now } = new Driver(programOf(id, { rehearsal: false }), '2029-12-01T12:00:00.000Z');
  const rows = { program: summary(state, now), tasks: [], audits: [], findings: [] };
  const commit = { programId: id, expectedSeq: 0, commandId: 'start', records, rows, notices: [] };
  await database.register.append(commit);
  await beginFrom({ client, database, keys, queue: taskQueue }, state);
}
