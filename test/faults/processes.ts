import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process of Certloop under a supervisor that starts it again when it ends by itself, as an installation has. */
export interface Supervised {
  /** How often it ended without being killed or asked to. */
  readonly endedByItself: number;
  /** Starts it, and settles when it runs. */
  start(): Promise<void>;
  /** SIGKILL; it stays dead until it is started again. */
  kill(): Promise<void>;
  /** SIGTERM. Throws when it has not ended after a minute; it is killed then. */
  stop(): Promise<void>;
}

const main = resolve(import.meta.dirname, '../../dist/cli/main.js');
const pauseMs = 500;
const patienceMs = 60_000;

/** `certloop <command>` as a process of its own, with a log in `<folder>/<name>.log`. */
export function supervise(name: string, command: string, env: NodeJS.ProcessEnv, folder: string): Supervised {
  const log = createWriteStream(join(folder, `${name}.log`), { flags: 'a' });
  let child: ChildProcess | undefined;
  let wanted = false;
  let endedByItself = 0;

  async function start(): Promise<void> {
    wanted = true;
    const started = spawn(process.execPath, [main, command], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    child = started;
    for (const stream of [started.stdout, started.stderr]) stream.pipe(log, { end: false });
    started.once('exit', async (code, signal) => {
      log.write(`--- ${name} ended (${signal ?? code}), ${wanted ? 'by itself' : 'as asked'}\n`);
      if (!wanted || child !== started) return;
      endedByItself++;
      await sleep(pauseMs);
      if (wanted && child === started) await start();
    });
    await once(started, 'spawn');
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    wanted = false;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, 'exit');
    child.kill(signal);
    const overdue = setTimeout(() => child?.kill('SIGKILL'), patienceMs);
    const [, by] = await exit;
    clearTimeout(overdue);
    if (by === 'SIGKILL' && signal !== 'SIGKILL') throw new Error(`${name} did not end within ${patienceMs} ms.`);
  }

  process.once('exit', () => child?.kill('SIGKILL'));
  return {
    get endedByItself() {
      return endedByItself;
    },
    start,
    kill: () => end('SIGKILL'),
    stop: () => end('SIGTERM'),
  };
}
