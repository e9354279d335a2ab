import { execFile } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../config/packageRoot.ts';
import { plainEnvironment } from './processes.ts';

const root = packageRoot();

interface Manifest {
  version: string;
  files: string[];
  scripts: Record<string, string>;
  exports: Record<string, unknown>;
}

/** package.json as it is in this folder. */
export function manifest(): Manifest {
  return JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
}

/** The environment of somebody who types commands in a folder of their own: nothing of the npm that runs the tests. */
export function environment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const plain = Object.entries(plainEnvironment()).filter(([name]) => !/^(npm_|INIT_CWD|NODE_)/i.test(name));
  return { ...Object.fromEntries(plain), ...more };
}

/** Runs a command in a folder. Rejects, with what it said, when it fails. */
export async function run(folder: string, command: string, args: string[], env = environment()) {
  const { stdout, stderr } = await promisify(execFile)(command, args, { cwd: folder, env, timeout: 200_000 });
  return { stdout, stderr };
}

/**
 * Lays out this project as `npm pack` finds it after `npm ci` and `npm run build`. Of each dependency that is bundled there is the
 * package.json alone, for of the hundred megabytes npm reads no more to see what a package asks for.
 */
export function layOut(folder: string): void {
  const { files, scripts } = manifest();
  for (const name of ['README.md', 'LICENSE', 'packaging', ...files.filter((name) => !name.startsWith('!'))])
    cpSync(join(root, name), join(folder, name), { recursive: true, filter: (path) => !path.endsWith('.map') });
  const here = {
    ...JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')),
    scripts: { ...scripts, build: 'node -e 0' },
  };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(here, null, 2));
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean }>;
  };
  for (const [path, { dev }] of Object.entries(packages)) {
    if (path === '' || dev || !existsSync(join(root, path))) continue;
    mkdirSync(join(folder, path), { recursive: true });
    cpSync(join(root, path, 'package.json'), join(folder, path, 'package.json'));
  }
}

/** Puts in what `layOut` left out, by links to what is installed here, and the part of sqlite3 that was built here. */
export function fillIn(installed: string): void {
  const bundled = join(installed, 'certloop/node_modules');
  for (const name of packagesIn(bundled)) {
    rmSync(join(bundled, name), { recursive: true });
    mkdirSync(dirname(join(bundled, name)), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), join(bundled, name));
  }
  symlinkSync(join(root, 'node_modules/sqlite3/build'), join(installed, 'sqlite3/build'));
}

/** Names of the packages that a folder `node_modules` holds. */
export function packagesIn(modules: string): string[] {
  return readdirSync(modules)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
    );
}
