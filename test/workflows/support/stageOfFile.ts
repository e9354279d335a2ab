import { afterAll, beforeAll, inject } from 'vitest';
import type { SigningKeys } from '../../../signing/keys.ts';
import { quietRuntime } from '../../support/quietRuntime.ts';
import { openStage, type Stage } from './stage.ts';

/**
 * A stage with a worker on it for the tests of a file: there from the first of them to the last. `level` is that of
 * `quietRuntime`; `keys` are the tests' when absent.
 */
export function stageOfFile(level?: Parameters<typeof quietRuntime>[0], keys?: SigningKeys): Stage {
  const stage = {} as Stage;
  let opened: Stage | undefined;
  beforeAll(async () => {
    quietRuntime(level);
    opened = await openStage({ address: inject('temporalAddress'), bundle: inject('workflowBundle'), keys });
    Object.assign(stage, opened);
    await opened.work();
  });
  afterAll(() => opened?.close());
  return stage;
}
