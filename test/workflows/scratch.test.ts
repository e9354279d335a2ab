import { afterAll, beforeAll, inject, test } from 'vitest';
import { quietRuntime } from '../support/quietRuntime.ts';
import { deliverEvidence, toImplementation } from './support/paths.ts';
import { openStage, type Stage } from './support/stage.ts';

let stage: Stage;
beforeAll(async () => {
  quietRuntime();
  stage = await openStage({ address: inject('temporalAddress'), bundle: inject('workflowBundle') });
  await stage.work();
});
afterAll(() => stage?.close());
test('x', async () => {
  const t = async (n: string, f: () => Promise<unknown>) => {
    const a = Date.now();
    await f();
    console.log(n, Date.now() - a);
  };
  const p = stage.program();
  await t('start', () => stage.gateway.start(p.definition, { email: 'mia@example.org' }, 'start'));
  await t('settle', () => p.settle());
  await t('adv', () => p.advanceTo('2030-01-07'));
  await t('settle', () => p.settle());
  await t('settle', () => p.settle());
  await t('clock', () => stage.gateway.clock(p.id));
  await t('state', () => p.state());
  await t('adv', () => p.advanceTo('2030-01-08'));
  await t('adv', () => p.advanceTo('2030-01-09'));
  await t('toImpl', () => toImplementation(p));
  await t('ev', () => deliverEvidence(p));
  await t('adv', () => p.advanceTo('2030-02-09'));
});
