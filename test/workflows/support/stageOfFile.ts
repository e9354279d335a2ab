import { afterAll, beforeAll, inject } from 'vitest';
import { quietRuntime } from '../../support/quietRuntime.ts';
import { openStage, type Stage } from './stage.ts';

/** A stage with a worker on it for the tests of a file: there from the first of them to the last. */
export function stageOfFile(): Stage {
  const stage = {} as Stage;
  let opened: Stage | undefined;
  beforeAll(async () => {
    quietRuntime();
    opened = await openStage({ address: inject('temporalAddress'), bundle: inject('workflowBundle') });
    Object.assign(stage, opened);
    await opened.work();
  });
  afterAll(() => opened?.close());
  return stage;
}
