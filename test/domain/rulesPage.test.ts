import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { rulesPage, rulesPagePath } from '../support/rulesPage.ts';

it('docs/rules.md says what the code says; run "npm run docs" when it does not', () => {
  expect(readFileSync(rulesPagePath(), 'utf8')).toBe(rulesPage());
});
