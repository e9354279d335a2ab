import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger, type ReplayWorkerOptions, Worker } from '@temporalio/worker';
import { DeterminismViolationError } from '@temporalio/workflow';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { dataConverter } from '../../config/dataConverter.ts';
import { quietRuntime } from '../support/quietRuntime.ts';
import { type RecordedHistory, recordedHistories } from './support/histories.ts';

let histories: RecordedHistory[];

beforeAll(async () => {
  quietRuntime('ERROR');
  histories = await recordedHistories();
});

describe('the histories of programs that ran on this version and on earlier ones', () => {
  test('are of every phase', () => {
    const types = histories.map(({ name }) => name.replace(/^.*\d-/, ''));
    const phases = ['gapAssessment', 'implementation', 'internalAudit', 'certificationAudit', 'surveillanceCycle'];
    expect(new Set(types)).toEqual(new Set(phases));
  });

  test('are replayed by the workflows as they are now', async () => {
    const outcomes = await replay({ workflowBundle: { codePath: inject('workflowBundle') } });
    expect(outcomes).toEqual(Object.fromEntries(histories.map(({ name }) => [name, undefined])));
  });

  test('betray a story that was changed', async () => {
    const workflowsPath = fileURLToPath(new URL('../fixtures/changedStory.ts', import.meta.url));
    const workflowBundle = await bundleWorkflowCode({ workflowsPath, logger: new DefaultLogger('ERROR') });
    const changed = ({ name }: RecordedHistory) => name.endsWith('-implementation');
    const same = ({ name }: RecordedHistory) => name.endsWith('-gapAssessment');
    const outcomes = await replay({ workflowBundle }, [...histories.filter(same), ...histories.filter(changed)]);

    for (const { name } of histories.filter(same)) expect(outcomes[name]).toBeUndefined();
    for (const { name } of histories.filter(changed)) expect(outcomes[name]).toBeInstanceOf(DeterminismViolationError);
    expect(histories.filter(changed)).not.toHaveLength(0);
  });
});

/** What became of each history: an error, or undefined. */
async function replay(options: ReplayWorkerOptions, of = histories): Promise<Record<string, Error | undefined>> {
  const named = of.map(({ name, history }) => ({ workflowId: name, history }));
  // In a thread of its own: what the SDK hooks into would stay in this process, for the files that come after.
  const replaying = { ...options, dataConverter: dataConverter(), debugMode: false };
  const outcomes: Record<string, Error | undefined> = {};
  for await (const { workflowId, error } of Worker.runReplayHistories(replaying, named)) outcomes[workflowId] = error;
  return outcomes;
}
