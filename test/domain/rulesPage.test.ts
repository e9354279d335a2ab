import { describe, expect, it } from 'vitest';
import { isUsed } from '../support/callers.ts';
import { rulesPage } from '../support/rulesPage.ts';

it('docs/rules.md says what the code says; "npm run docs" updates it', async () => {
  await expect(rulesPage()).toMatchFileSnapshot('../../docs/rules.md');
});

describe('a rule is used by the product', () => {
  const rule = '/** R99: the `rule`. */\nexport function rule() {}\n// rule() is called elsewhere\n';
  const used = (others: Record<string, string>, own = rule) =>
    isUsed('rule', 'domain/rules/one.ts', new Map([['domain/rules/one.ts', own], ...Object.entries(others)]));

  it('when something imports it, or calls it where it is', () => {
    expect(used({ 'domain/audits/two.ts': "import { other, rule } from '../rules/one.ts';\nrule();\n" })).toBe(true);
    expect(used({ 'api/two.ts': "import {\n  rule,\n} from '../domain/rules/index.ts';\nrule();\n" })).toBe(true);
    expect(used({}, `${rule}\nexport const result = rule();\n`)).toBe(true);
  });

  it('not when it is only declared, described, passed on, or another is of the same name', () => {
    expect(used({})).toBe(false);
    expect(used({ 'domain/audits/two.ts': '/** What `rule` says. */\nexport const ruler = 1;\n' })).toBe(false);
    expect(used({ 'domain/rules/index.ts': "export { rule } from './one.ts';\n" })).toBe(false);
    expect(used({ 'domain/audits/two.ts': "import { rule } from './own.ts';\nrule();\n" })).toBe(false);
  });
});
