import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { packageRoot } from '../../config/packageRoot.ts';
import { compose } from './files.ts';

const main = join(packageRoot(), 'dist/cli/main.js');
const { services } = compose();

/** What a process of the set gets from outside, without what the tests themselves have. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(CERTLOOP|TEMPORAL|PG|VITEST)/.test(name)),
  );
}

export interface Running {
  /** What it said. */
  output(): string;
  /** SIGTERM, as `docker stop` sends it; gives the status with which it ended. */
  stop(): Promise<number | null>;
}

const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

/** Starts a program and leaves it running. */
export function start(command: string, args: string[], env: NodeJS.ProcessEnv): Running {
  const child = spawn(command, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  children.add(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
  const ended = once(child, 'exit').then(([code]) => {
    children.delete(child);
    return code as number | null;
  });
  return {
    output: () => output,
    stop: async () => {
      child.kill('SIGTERM');
      return ended;
    },
  };
}

/**
 * A service of the compose file whose process is ours, as a process here: with its command and its environment, in which what stands for
 * another container is replaced.
 */
export function startService(name: string, here: NodeJS.ProcessEnv): Running {
  const { command, environment } = services[name]!;
  return start(process.execPath, [main, ...command!], { ...plainEnvironment(), ...environment, ...here });
}

/** A service that runs once; gives what it said. Rejects with what it said when it fails. */
export async function runService(name: string, here: NodeJS.ProcessEnv): Promise<string> {
  const { command, environment } = services[name]!;
  return run(process.execPath, [main, ...command!], { ...plainEnvironment(), ...environment, ...here });
}

/** Any other command of certloop, as `docker compose run --rm` has it. */
export function runCertloop(args: string[], here: NodeJS.ProcessEnv): Promise<string> {
  return run(process.execPath, [main, ...args], { ...plainEnvironment(), ...here });
}

/** A script of `docker/`, with the environment that its service has in the compose file. */
export async function runScript(
  name: string,
  script: string,
  here: NodeJS.ProcessEnv,
  ...args: string[]
): Promise<string> {
  const env = { ...plainEnvironment(), ...services[name]!.environment, ...here };
  return run('sh', [join(packageRoot(), 'docker', script), ...args], env);
}

async function run(command: string, args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  const { stdout, stderr } = await promisify(execFile)(command, args, { env, timeout: 120_000 });
  return stdout + stderr;
}
