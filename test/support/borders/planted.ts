import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { packageRoot } from '../../../config/packageRoot.ts';
import { runBiome } from './biome.ts';
import { mayImport, rooms } from './rooms.ts';

/** A line that imports something, at the top of a room or deep in it. */
export interface Planted {
  file: string;
  line: string;
  allowed: boolean;
}

interface Diagnostic {
  category: string;
  severity: string;
  location: { path: string; start: { line: number } };
}

const statements = [
  (path: string) => `import { thing } from '${path}';`,
  (path: string) => `import type { Thing } from '${path}';`,
  (path: string) => `export * from '${path}';`,
];

const packages: [name: string, glob: string][] = [
  ['node:fs', 'node:*'],
  ['@temporalio/common', '@temporalio/**'],
  ['@temporalio/common/lib/thing.js', '@temporalio/**'],
  ['luxon', 'luxon'],
];

/** In each room an import of each room, of each file that some room may import, and of packages. */
export function plantedImports(): Planted[] {
  const files = Object.values(rooms).flatMap(({ imports }) => imports.filter((allowed) => allowed.endsWith('.ts')));
  const targets = [...Object.keys(rooms).flatMap((room) => [`${room}/thing.ts`, `${room}/deep/thing.ts`]), ...files];
  return Object.entries(rooms).flatMap(([room, { never = [] }]) =>
    [`${room}/planted.ts`, `${room}/deep/down/planted.ts`].flatMap((file) => {
      const up = '../'.repeat(file.split('/').length - 1);
      const paths: [string, boolean][] = [
        ...targets.map((target): [string, boolean] => [`${up}${target}`, mayImport(room, target)]),
        // Of the room itself, whatever its name.
        ...Object.keys(rooms).map((other): [string, boolean] => [`./${other}/thing.ts`, true]),
        ...packages.map(([name, glob]): [string, boolean] => [name, !never.includes(glob)]),
      ];
      return paths.flatMap(([path, allowed]) => statements.map((of) => ({ file, line: of(path), allowed })));
    }),
  );
}

/** Those of the planted imports that Biome refuses, by the present biome.json, in a folder that is removed again. */
export function refusedByBiome(planted: readonly Planted[]): Planted[] {
  const folder = mkdtempSync(join(tmpdir(), 'certloop-borders-'));
  try {
    for (const name of ['biome.json', '.gitignore']) cpSync(join(packageRoot(), name), join(folder, name));
    const byFile = new Map<string, Planted[]>();
    for (const one of planted) byFile.set(one.file, [...(byFile.get(one.file) ?? []), one]);
    for (const [file, lines] of byFile) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), lines.map(({ line }) => `${line}\n`).join(''));
    }
    const report = runBiome(folder, ['lint', '--reporter=json', '--max-diagnostics=none', '.']);
    const { diagnostics } = JSON.parse(report) as { diagnostics: Diagnostic[] };
    return diagnostics
      .filter(({ category, severity }) => category === 'lint/style/noRestrictedImports' && severity === 'error')
      .map(({ location: { path, start } }) => byFile.get(path.replaceAll('\\', '/'))![start.line - 1]!);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
