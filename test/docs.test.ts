import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const pages = [
  ...['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'],
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
];

describe('what the documentation names', () => {
  it.each(pages)('is there: the tests and files of %s', (page) => {
    const text = readFileSync(join(root, page), 'utf8');
    const named = [...text.matchAll(/`((?:test|bench|ops|docker|deploy|examples)\/[\w./-]*\w)`/g)].map(
      ([, path]) => path!,
    );
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('shows by a test each thing that security.md says of callers, machines and Temporal', () => {
    const text = readFileSync(join(root, 'docs/security.md'), 'utf8');
    const tables = text.split('\n\n').filter((part) => part.startsWith('|') && part.includes('| shown by |'));
    const rows = tables.flatMap((table) => table.trim().split('\n').slice(2));
    expect(rows.length).toBeGreaterThan(25);
    for (const row of rows) expect(row).toMatch(/`test\/[\w./]+\.test\.ts` \|$/);
  });
});
