import { randomUUID } from 'node:crypto';
import type { WorkflowHandle } from '@temporalio/client';
import { expect, test } from 'vitest';
import { heldAuditOf } from '../../domain/audits/queries.ts';
import { type ProgramCarry, workflowIdOf } from '../../workflows/messages.ts';
import { moments } from '../support/moments.ts';
import { stageOfFile } from './support/stageOfFile.ts';

// The worker warns of a task that fails.
const stage = stageOfFile('ERROR');

test('a step of its own that is refused is tried again, and does not end the program', async () => {
  const { state } = moments.decisionDue();
  const stage2 = heldAuditOf(state, 'stage2');
  if (!stage2) throw new Error('No decision is due.');
  const id = `p-${randomUUID().slice(0, 8)}`;
  // The story asks for a decision on an audit that is not there by this id.
  const audits = { ...state.audits, [stage2.id]: { ...stage2, id: 'A-99' } };
  const carry: ProgramCarry = { state: { ...state, id, audits }, known: {} };
  const handle = await stage.client.workflow.start(state.phase, {
    workflowId: workflowIdOf(id),
    taskQueue: stage.taskQueue,
    args: [carry],
  });

  const message = `The program's own askForDecision failed: There is no audit A-99 in program ${id}.`;
  await expect.poll(() => failuresOf(handle), { timeout: 20_000 }).toContain(message);
  expect((await handle.describe()).status.name).toBe('RUNNING');
  expect(await stage.database.register.records(id)).toEqual([]);
  await handle.terminate();
});

/** Why tasks of a workflow failed. */
async function failuresOf(handle: WorkflowHandle): Promise<unknown[]> {
  const { events } = await handle.fetchHistory();
  return (events ?? []).flatMap((event) => event.workflowTaskFailedEventAttributes?.failure?.message ?? []);
}
