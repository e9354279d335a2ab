import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { quietRuntime } from '../support/quietRuntime.ts';
import { decisionMaker } from '../workflows/support/people.ts';
import { openStage, type Stage } from '../workflows/support/stage.ts';
import { falsehoods } from './falsehoods.ts';
import { groups } from './index.ts';
import { decides, on, tries } from './support/acts.ts';
import { run } from './support/run.ts';
import type { Scenario } from './support/scenario.ts';

const refusedAct = on('2030-01-10', decides('granted'));
const allowedTry = on(
  '2030-01-10',
  tries(decisionMaker, 'suspend the certificate', { type: 'suspendCertificate', reason: 'So' }),
);

let stage: Stage;

beforeAll(async () => {
  quietRuntime();
  stage = await openStage({ address: inject('temporalAddress'), bundle: inject('workflowBundle') });
  await stage.work();
});

afterAll(() => stage?.close());

describe.concurrent.each(groups)('$name', ({ scenarios }) => {
  const named = scenarios.map((scenario) => [[...scenario.rules, scenario.title].join(' '), scenario] as const);
  test.each(named)('%s', { timeout: 180_000 }, async (_, scenario) => {
    expect((await run(stage, scenario)).failures).toEqual([]);
  });
});

describe.concurrent('a scenario that is not so', () => {
  test('fails with each line that is untrue, and with what was found', { timeout: 180_000 }, async () => {
    const { failures } = await run(stage, falsehoods);
    expect(failures.map(({ says }) => says)).toEqual(falsehoods.follows.map(({ says }) => says));
    expect(failures.every(({ found }) => found.length > 0)).toBe(true);
  });

  const changes: [words: string, changed: Partial<Scenario>, line: string][] = [
    ['begins elsewhere', { given: { ...falsehoods.given, isSo: () => false } }, falsehoods.given.says],
    ['does what is refused', { when: [refusedAct] }, `2030-01-10 ${refusedAct.acts[0]?.says}`],
    ['is allowed what it tries in vain', { when: [allowedTry] }, `2030-01-10 ${allowedTry.acts[0]?.says}`],
    ['goes back in time', { when: [{ on: '2030-01-09', acts: [] }] }, falsehoods.given.says],
  ];
  test.each(changes)('fails when it %s', { timeout: 180_000 }, async (_, changed, line) => {
    const { failures } = await run(stage, { ...falsehoods, ...changed });
    expect(failures.map(({ says }) => says)).toEqual([line]);
  });
});
