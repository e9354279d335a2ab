import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { packageRoot } from '../../../config/packageRoot.ts';

/** Each TypeScript file of ours with those that it imports, by their paths from the top of the project. */
export type Imports = ReadonlyMap<string, readonly string[]>;

const notOurs = new Set(['node_modules', 'dist']);

/** The imports of all files in the folders of the project. */
export function importsOfProject(): Imports {
  const files = codeFolders().flatMap(filesIn);
  return new Map(files.map((file) => [file, importsIn(file, readFileSync(join(packageRoot(), file), 'utf8'))]));
}

/** The folders at the top of the project that hold TypeScript, in alphabetical order. */
export function codeFolders(): string[] {
  return readdirSync(packageRoot(), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.') && !notOurs.has(entry.name))
    .map(({ name }) => name)
    .filter((folder) => filesIn(folder).length > 0)
    .sort();
}

/** The files of ours that a source text names in `import`, `export … from` and `import(…)`, of types as well. */
export function importsIn(file: string, source: string): string[] {
  const statements = source.matchAll(/^(?:import|export)\b(?:[^'"`;]*?\bfrom)? '(\.[^']*\.tsx?)'/gm);
  const expressions = source.matchAll(/\bimport\(\s*'(\.[^']*\.tsx?)'/g);
  const named = [...statements, ...expressions].map(([, path]) => posix.join(posix.dirname(file), path!));
  return [...new Set(named)];
}

function filesIn(folder: string): string[] {
  const root = packageRoot();
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
