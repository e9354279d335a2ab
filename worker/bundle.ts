import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode } from '@temporalio/worker';
import { packageRoot } from '../config/packageRoot.ts';

/** Where the build leaves the bundle of all workflows. */
export const bundlePath = (): string => join(packageRoot(), 'dist', 'workflows.bundle.js');

/**
 * Bundles the workflows into one file, which every worker loads at once instead of bundling for seconds itself. Gives
 * the path of the file.
 */
export async function writeBundle(path = bundlePath()): Promise<string> {
  const workflowsPath = fileOf('workflows/index');
  const payloadConverterPath = fileOf('workflows/payloads');
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    payloadConverterPath,
    preloadModules: [fileOf('workflows/stackTraces'), payloadConverterPath, ...pureModules()],
    logger: quiet,
  });
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(`${path}.${process.pid}`, code);
  await rename(`${path}.${process.pid}`, path);
  return path;
}

/** The bundle that the build made. Throws when there is none, saying how to make it. */
export function builtBundle(): string {
  const path = bundlePath();
  if (!existsSync(path)) throw new Error(`There is no ${path}: run "npm run build" first.`);
  return path;
}

/**
 * The domain and its words, loaded once for all the programs of a worker instead of once for each that it has in memory:
 * they keep nothing of a program, only what they found out about days and zones. So are the checks of what comes in, for
 * TypeBox counts the schemas that it makes as it loads, and the SDK freezes what was loaded before.
 */
function pureModules(): string[] {
  const modules = ['domain/decide', 'domain/fold', 'domain/story', 'domain/views', 'domain/agenda/index'];
  return [...modules, 'words/records/index', 'words/sayings/index', 'workflows/envelope'].map(fileOf);
}

function fileOf(module: string): string {
  return fileURLToPath(new URL(`../${module}${ending()}`, import.meta.url));
}

/** This file is TypeScript in the tests and JavaScript in dist/; so are the workflows beside it. */
function ending(): string {
  return import.meta.url.endsWith('.ts') ? '.ts' : '.js';
}

const nothing = (): void => undefined;
const quiet = {
  log: nothing,
  trace: nothing,
  debug: nothing,
  info: nothing,
  warn: (message: string) => console.warn(message),
  error: (message: string) => console.error(message),
};

if (process.argv[1] === fileURLToPath(import.meta.url)) await writeBundle();
