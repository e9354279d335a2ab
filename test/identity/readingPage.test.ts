import { expect, test } from 'vitest';
import { readingPage } from '../support/readingPage.ts';

test('docs/reading.md is up to date; write it with npm run docs', async () => {
  await expect(readingPage()).toMatchFileSnapshot('../../docs/reading.md');
});
