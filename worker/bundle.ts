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
    failureConverterPath: fileOf('workflows/failures'),
    workflowInterceptorModules: [fileOf('workflows/traces')],
    preloadModules: [fileOf('workflows/stackTraces'), payloadConverterPath, ...pureModules()],
    webpackConfigHook: (config) => ({ ...config, devtool: 'inline-cheap-module-source-map' }),
    logger: quiet,
  });
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(`${path}.${process.pid}`, slim(code));
  await rename(`${path}.${process.pid}`, path);
  return path;
}

/**
 * The same bundle for less memory: every thread of a worker holds its text and its source map. A text with one character beyond
 * Latin-1 takes two bytes for each, so such characters are written as their escapes; and a stack trace needs the map's names and
 * lines, not the sources in it.
 */
function slim(code: string): string {
  const [text, map] = code.split(mapComment);
  const { sourcesContent, ...rest } = JSON.parse(Buffer.from(map!, 'base64').toString());
  const escaped = text!.replace(/[^\0-\xff]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return `${escaped}${mapComment}${Buffer.from(JSON.stringify(rest)).toString('base64')}\n`;
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

const mapComment = '//# sourceMappingURL=data:application/json;charset=utf-8;base64,';

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
