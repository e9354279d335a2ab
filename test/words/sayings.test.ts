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
