import { expect, test } from 'vitest';
import { fileProblem } from '../../api/files/problems.ts';
import { FileGone, type RefusedBecause, ScannerError, StoreError, UploadRefused } from '../../files/errors.ts';

const statuses: [because: RefusedBecause, status: number][] = [
  ['tooLarge', 413],
  ['empty', 422],
  ['infected', 422],
  ['name', 422],
  ['stopped', 400],
  ['stalled', 408],
];

test.each(statuses)('an upload that is refused as %s is told with %i, in its own words', (because, status) => {
  const problem = fileProblem(new UploadRefused(because, 'Say this.'));
  expect(problem).toMatchObject({ status, code: because, message: 'Say this.' });
});

test.each([
  [
    'a full disk',
    new StoreError('full', 'There is no room left in /srv/files', undefined),
    503,
    'Tell an administrator',
  ],
  ['a place that is away', new StoreError('away', 'The folder /srv/files cannot be used', undefined), 503, 'Try again'],
  ['a scanner that is away', new ScannerError('tcp://10.0.0.1:3310 cannot be asked'), 503, 'Try again'],
  ['a file that is missing', new FileGone('0'.repeat(64)), 503, 'certloop verify'],
])('%s is told with what to do, and with nothing of where it is', (_what, error, status, words) => {
  const problem = fileProblem(error) as Error & { status: number };
  expect(problem.status).toBe(status);
  expect(problem.message).toContain(words);
  expect(problem.message).not.toMatch(/srv|10\.0/);
  expect(problem.cause).toBe(error);
});

test('every other error stays what it is', () => {
  const error = new TypeError('a defect');
  expect(fileProblem(error)).toBe(error);
});
