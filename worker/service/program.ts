import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

/** The version of the Temporal CLI that is downloaded; its server is 1.32.0. */
export const pinnedVersion = '1.9.1';

/** The oldest Temporal CLI that will do: the first whose server can advance the clock of one execution. */
export const oldestVersion = '1.9.0';

/** The file name of the program on this platform. */
export const programName = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

/** What finding the program needs, and downloading it. */
export interface LocateOptions {
  /** Folder in which a downloaded program is kept, from run to run. */
  cacheDir: string;
  env: NodeJS.ProcessEnv;
  /** Takes what happens, one line at a time: a download takes a while. */
  log: (line: string) => void;
}

/**
 * The version of a Temporal CLI, such as `1.9.1`, as the program itself says it.
 *
 * @throws Error when the file cannot be run or is no Temporal CLI.
 */
export async function programVersion(program: string): Promise<string> {
  const output = await run(program, ['--version'], { timeoutMs: 20_000 });
  const version = /^temporal version (\S+)/m.exec(output)?.[1];
  if (!version) throw new Error(`${program} --version printed ${JSON.stringify(output.slice(0, 80))}, not a version`);
  return version;
}

/**
 * Runs a command and gives what it printed on standard output.
 *
 * @throws Error with the command's own words when it fails, is not there, or takes longer than `timeoutMs`.
 */
export async function run(
  command: string,
  args: string[],
  { env, cwd, timeoutMs }: { env?: NodeJS.ProcessEnv; cwd?: string; timeoutMs: number },
): Promise<string> {
  try {
    return (await execFileAsync(command, args, { env, cwd, timeout: timeoutMs, maxBuffer: 16 * 1024 * 1024 })).stdout;
  } catch (error) {
    throw new Error(failureOf(command, error as Failure, timeoutMs), { cause: error });
  }
}

type Failure = Error & { code?: string | number; killed?: boolean; stderr?: string };

function failureOf(command: string, { code, killed, stderr, message }: Failure, timeoutMs: number): string {
  if (code === 'ENOENT') return `${command} was not found`;
  if (code === 'EACCES') return `${command} may not be executed`;
  if (killed) return `${command} did not end within ${timeoutMs / 1000} s`;
  return `${command}: ${essence(stderr || message)}`;
}

/** What a tool prints on failure is long: its lines marked as errors say it, or else the last one. */
export function essence(output: string): string {
  const lines = output
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const errors = lines.filter((line) => /^\[?(ERROR|\w*Error)\b/.test(line));
  return (errors.length > 0 ? errors : lines.slice(-1)).join(' ');
}
