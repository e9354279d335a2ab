import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { quietRuntime } from '../support/quietRuntime.ts';
import { openStage, type Stage } from '../workflows/support/stage.ts';
import { groups } from './index.ts';
import { run } from './support/run.ts';

let stage: Stage;

beforeAll(async () => {
  quietRuntime();
  stage = await openStage({ address: inject('temporalAddress'), bundle: inject('workflowBundle') });
  await stage.work();
});

afterAll(() => stage?.close());

describe.concurrent.each(groups)('$name', ({ scenarios }) => {
  test.each(scenarios)('$rules $title', { timeout: 180_000 }, async (scenario) => {
    expect((await run(stage, scenario)).failures).toEqual([]);
  });
});
