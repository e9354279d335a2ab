import { expect, test } from 'vitest';
import { standsAs } from '../../../api/executions/healing.ts';
import type { Instant } from '../../../domain/basics.ts';
import { type ExecutionTrouble, executionTroubles, remedyWords, standsWords } from '../../../words/executions.ts';

const since: Instant = '2030-01-07T09:00:00.000Z';
const soon: Instant = '2030-01-07T09:01:00.000Z';
const later: Instant = '2030-01-07T09:04:00.000Z';
const of = (trouble: ExecutionTrouble, remedy = remedyWords[trouble]) => ({ trouble, remedy, since });

test('a program is said to come back by itself only while it does', () => {
  const returning = executionTroubles.filter((trouble) => standsAs(of(trouble), soon) === 'returns');
  expect(returning).toEqual(['missing', 'cancelled', 'terminated', 'failed', 'timedOut', 'reset']);
  // Longer than healing takes, and with a reason why it does not heal, somebody has to look.
  for (const trouble of returning) expect(standsAs(of(trouble), later)).toBe('waits');
  expect(standsAs(of('terminated', 'Its chain is broken at record 4.'), soon)).toBe('waits');
});

test('what was meant is said to be held, and everything else to wait for somebody', () => {
  for (const trouble of ['held', 'paused'] as const) expect(standsAs(of(trouble), later)).toBe('held');
  for (const trouble of ['completed', 'ahead', 'replaced', 'stuck', 'foreign', 'silent'] as const)
    expect(standsAs(of(trouble), soon)).toBe('waits');
  for (const { says } of Object.values(standsWords)) expect(says).toContain('Nothing that was recorded is lost.');
});
