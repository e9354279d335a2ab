import { Worker } from '@temporalio/worker';
import { inject } from 'vitest';
import { dataConverter } from '../../../config/dataConverter.ts';
import type { TestProgram } from './testProgram.ts';

/** Throws unless the history of a program's present run can be replayed, as a worker does that takes it over. */
export async function replays({ handle }: TestProgram): Promise<void> {
  const options = {
    workflowBundle: { codePath: inject('workflowBundle') },
    dataConverter: dataConverter(),
    debugMode: false,
  };
  await Worker.runReplayHistory(options, await handle.fetchHistory(), handle.workflowId);
}
