import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { WithStartWorkflowOperation } from '@temporalio/client';
import { bundleWorkflowCode, DefaultLogger, Worker } from '@temporalio/worker';
import { expect, inject, test } from 'vitest';
import { dataConverter } from '../../config/dataConverter.ts';
import { heldAuditOf } from '../../domain/audits/queries.ts';
import { summary } from '../../domain/views.ts';
import { sign } from '../../signing/sign.ts';
import { commandUpdate, type Envelope, type ProgramCarry, workflowIdOf } from '../../workflows/messages.ts';
import { keys } from '../support/keys.ts';
import { moments } from '../support/moments.ts';
import { stageOfFile } from './support/stageOfFile.ts';

// The program tells of what it could not do.
const stage = stageOfFile('ERROR');

test('a step of its own that is refused is recorded once and tried again, and ends nothing that people do', async () => {
  const { state, records, now } = moments.decisionDue();
  const stage2 = heldAuditOf(state, 'stage2');
  if (!stage2) throw new Error('No decision is due.');
  const id = `p-${randomUUID().slice(0, 8)}`;
  const rows = { program: { ...summary(state, now), id }, tasks: [], audits: [], findings: [] };
  await stage.database.register.append({ programId: id, expectedSeq: 0, commandId: 'all', records, rows, notices: [] });
  // The story asks for a decision on an audit that is not there by this id.
  const audits = { ...state.audits, [stage2.id]: { ...stage2, id: 'A-99' } };
  const carry: ProgramCarry = { state: { ...state, id, audits }, known: {} };
  const handle = stage.client.workflow.getHandle(workflowIdOf(id));
  const [manager] = state.people.filter(({ roles }) => roles.includes('programManager'));
  const send = (title: string) =>
    stage.client.workflow.executeUpdateWithStart(commandUpdate, {
      startWorkflowOperation: new WithStartWorkflowOperation(state.phase, {
        workflowId: workflowIdOf(id),
        taskQueue: stage.taskQueue,
        workflowIdConflictPolicy: 'USE_EXISTING',
        args: [sign('start', workflowIdOf(id), carry, keys)],
      }) as never,
      args: [
        sign<Envelope>(
          'command',
          workflowIdOf(id),
          {
            commandId: randomUUID(),
            actor: { email: manager!.email },
            command: { type: 'openTask', title, assignee: manager!.email, dueOn: '2099-02-02' },
          },
          keys,
        ),
      ],
    });
  await send('Meanwhile');
  await send('Meanwhile again');

  const added = (await stage.database.register.records(id)).slice(records.length);
  const [noted, ...others] = added.filter(({ type }) => type === 'CommandRejected');
  expect(noted?.data).toMatchObject({
    commandType: 'askForDecision',
    sentBy: 'system',
    code: 'ownStep',
    detail: expect.stringContaining(`askForDecision failed: There is no audit A-99 in program ${id}.`),
  });
  expect(others).toEqual([]);
  expect(added.filter(({ type }) => type === 'TaskOpened')).toHaveLength(2);
  expect((await handle.describe()).status.name).toBe('RUNNING');
  const told = await stage.database.outbox.list(id, '2099-01-01T00:00:00.000Z', { limit: 50 }, manager!.email);
  expect(JSON.stringify(told.items)).toContain('There is no audit A-99');

  // A version in which it is mended replays the run as it was: it does not do then what was not done.
  const workflowsPath = fileURLToPath(new URL('../fixtures/mendedStory.ts', import.meta.url));
  const mended = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
  const history = await handle.fetchHistory();
  for (const workflowBundle of [{ codePath: inject('workflowBundle') }, mended]) {
    const options = { workflowBundle, dataConverter: dataConverter(), debugMode: false };
    await Worker.runReplayHistory(options, history, workflowIdOf(id));
  }
  await handle.terminate();
});
