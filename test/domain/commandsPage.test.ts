import { expect, it } from 'vitest';
import { commandsPage } from '../support/commandsPage.ts';

it('docs/commands.md says what the registry says; "npm run docs" writes it again', async () => {
  await expect(commandsPage()).toMatchFileSnapshot('../../docs/commands.md');
});
