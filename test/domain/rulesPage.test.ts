import { expect, it } from 'vitest';
import { rulesPage } from '../support/rulesPage.ts';

it('docs/rules.md says what the code says; "npm run docs" writes it anew', async () => {
  await expect(rulesPage()).toMatchFileSnapshot('../../docs/rules.md');
});
