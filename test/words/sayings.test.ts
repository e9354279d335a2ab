import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { rejectionOf, speak, wordsOf } from '../../words/sayings/index.ts';

const folder = new URL('../../words/sayings/', import.meta.url);
const subjects = readdirSync(folder).filter((file) => !['index.ts', 'words.ts', 'answers.ts'].includes(file));

test('every key belongs to one subject', async () => {
  const keys = await Promise.all(subjects.map(keysIn));
  const all = keys.flat();
  expect(all.length).toBeGreaterThan(100);
  expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([]);
});

test('a text is the words of its saying, or somebody’s own', () => {
  const saying = { say: 'alreadyTheirs', with: { taskId: 'T-1', email: 'dana@example.org' } } as const;
  expect(speak(saying)).toBe('Task T-1 already belongs to dana@example.org.');
  expect(wordsOf(saying)).toBe(speak(saying));
  expect(wordsOf('Write the policy')).toBe('Write the policy');
});

test('a refusal names the field that is wrong, where it is one', () => {
  const saying = { say: 'notADate', with: { on: '2030-02-30' } } as const;
  const detail = '2030-02-30 is not a calendar date that exists; use YYYY-MM-DD.';
  expect(rejectionOf({ kind: 'invalid', code: 'dates', saying, field: 'dueOn' })).toEqual({
    kind: 'invalid',
    code: 'dates',
    detail: `dueOn: ${detail}`,
    field: 'dueOn',
  });
  expect(rejectionOf({ kind: 'conflict', code: 'state', saying })).toEqual({ kind: 'conflict', code: 'state', detail });
});

async function keysIn(file: string): Promise<string[]> {
  const module: Record<string, object> = await import(new URL(file, folder).href);
  return Object.entries(module).flatMap(([name, sayings]) => (name.endsWith('Sayings') ? Object.keys(sayings) : []));
}

test('dates are written as people say them, but for those within words that somebody wrote', () => {
  const late = { say: 'lastDayPassed', with: { latestOn: '2031-06-05', rule: 'R10' } } as const;
  expect(speak(late)).toBe('June 5, 2031 was its last day (R10).');
  const reason = 'The minutes of 2031-05-01 were lost.';
  expect(speak({ say: 'outcomeReopened', with: { auditId: 'A-3', reason } })).toContain('of 2031-05-01 were');
});

test('titles of tasks say days as people do', () => {
  const agreeing = { kind: 'stage1', auditId: 'A-2', body: 'Example Body', targetOn: '2030-02-11' } as const;
  expect(speak({ say: 'taskScheduleAudit', with: agreeing })).toMatch(/dates around February 11, 2030, and the team$/);
  const suspended = { number: 'C-1', untilOn: '2031-01-02' } as const;
  expect(speak({ say: 'resolveSuspension', with: suspended })).toMatch(/by January 2, 2031$/);
});
