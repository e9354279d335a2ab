import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const root = join(import.meta.dirname, '../..');

test('what the image is built from is all that the build needs', async () => {
  const ignore = await readFile(join(root, '.dockerignore'), 'utf8');
  const letIn = ignore.split('\n').flatMap((line) => (line.startsWith('!') ? [line.slice(1)] : []));
  const context = await mkdtemp(join(tmpdir(), 'certloop-image-'));
  try {
    for (const name of letIn) await cp(join(root, name), join(context, name), { recursive: true });
    await symlink(join(root, 'node_modules'), join(context, 'node_modules'));
    const tsc = join(root, 'node_modules/.bin/tsc');
    const compiled = await run(tsc, ['-p', 'tsconfig.build.json', '--incremental', 'false'], { cwd: context }).catch(
      (error: { stdout: string }) => error,
    );
    expect(compiled.stdout).toBe('');
    const { stdout } = await run(process.execPath, ['dist/cli/main.js', '--version'], { cwd: context });
    expect(stdout).toMatch(/^\d+\.\d+\.\d+/);
    const dockerfile = await readFile(join(root, 'Dockerfile'), 'utf8');
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, names]) => names!.split(' '));
    for (const name of copied.filter((name) => name !== '.')) expect(letIn).toContain(name.replace(/^\.\//, ''));
  } finally {
    await rm(context, { recursive: true, force: true });
  }
}, 120_000);
