import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { Client } from '@temporalio/client';
import type { Parts } from '../cli/run/parts.ts';
import { connectClient, withService } from '../config/connection.ts';
import { loadSettings } from '../config/settings.ts';
import { type Mailbox, startMailbox } from '../worker/mailbox.ts';
import { type EmbeddedService, startService } from '../worker/service/embedded.ts';
import { locateProgram } from '../worker/service/locate.ts';
import { ended, type Helper, startHelper } from './helpers.ts';
import { introduce, type People } from './programs.ts';

/** What one part of the benchmarks runs on, all of it on 127.0.0.1 and gone when the part is over. */
export interface Bed {
  folder: string;
  /** Whatever a part starts beside; stopped with the bed, in the opposite order. */
  parts: Parts;
  temporal: EmbeddedService;
  client: Client;
  mailbox: Mailbox;
  /** For processes of ours: this bed's service, database and mailbox, and nothing of the user's own settings. */
  env: NodeJS.ProcessEnv;
  /** Says what is going on. */
  say: (line: string) => void;
}

/** A running installation with two people. */
export interface Home {
  helper: Helper;
  url: string;
  administratorToken: string;
  people: People;
}

/** Makes a bed: a folder, a Temporal service with its database in it, as `certloop start` has, and a mail server. */
export async function makeBed(parts: Parts, say: Bed['say']): Promise<Bed> {
  const folder = await mkdtemp(join(tmpdir(), 'certloop-bench-'));
  parts.add({ stop: () => rm(folder, { recursive: true, force: true }) });
  const settings = loadSettings(cleanEnvironment(), { dataDir: folder });
  const { program } = await locateProgram({ cacheDir: settings.cacheDir, env: process.env, log: say });
  const service = parts.add(
    await startService({ program, dataDir: folder, port: 0, uiPort: null, rehearsals: true, log: () => undefined }),
  );
  const mailbox = parts.add(await startMailbox({ port: 0, dir: join(folder, 'mailbox') }));
  const { client, connection } = await connectClient(withService(settings, service.address));
  parts.add({ stop: () => connection.close() });
  const env = {
    ...cleanEnvironment(),
    CERTLOOP_DATA_DIR: folder,
    CERTLOOP_PORT: '0',
    CERTLOOP_METRICS_PORT: '0',
    // One person starts them all.
    CERTLOOP_PROGRAMS_PER_DAY: '1000000',
    CERTLOOP_ADDRESSES_PER_DAY: '1000000',
    CERTLOOP_SMTP_URL: `smtp://127.0.0.1:${mailbox.port}`,
    TEMPORAL_ADDRESS: service.address,
  };
  return { folder, parts, temporal: service, client, mailbox, env, say };
}

/**
 * Starts API, worker and courier in one process, as `certloop start` does.
 *
 * @param bare - whether the process also runs a worker of the bare workflow that `latency` compares with
 * @param env - settings beside those of the bed
 */
export async function startHome(bed: Bed, { bare = false, env = {} as NodeJS.ProcessEnv } = {}): Promise<Home> {
  // Where it leaves CPU profiles of the process and its threads, for those who look for what takes the time.
  const profiles = process.env.BENCH_CPU_PROF;
  const options = profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : [];
  const helper = bed.parts.add(startHelper('installation', { ...bed.env, ...env }, options));
  const { url, administratorToken } = await helper.ask<{ url: string; administratorToken: string }>('start', { bare });
  return { helper, url, administratorToken, people: await introduce(url, databaseUrlOf(bed)) };
}

/** The database of the processes of a bed. */
export function databaseUrlOf({ env }: Pick<Bed, 'env'>): string {
  return loadSettings(env).databaseUrl;
}

/** A command of `certloop` that runs as a process of its own. */
export interface RunningCommand<T> {
  pid: number;
  /** What its log said when it was ready. */
  ready: T;
  /** Has it end by itself. */
  stop(): Promise<void>;
  /** Ends it at once, with whatever it was at. */
  kill(): void;
}

/** Starts a command of `certloop` as a process of its own and waits for a line of its log that `isReady` takes. */
export async function startCommand<T>(
  bed: Bed,
  name: string,
  isReady: (line: Record<string, unknown>) => T | undefined,
): Promise<RunningCommand<T>> {
  const main = fileURLToPath(new URL('../cli/main.js', import.meta.url));
  const stdio = ['ignore', 'pipe', 'inherit'] as const;
  const child = spawn(process.execPath, [main, name], { env: bed.env, detached: true, stdio: [...stdio] });
  const stop = () => ended(child, () => child.kill('SIGTERM'));
  bed.parts.add({ stop });
  const ready = await new Promise<T>((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`certloop ${name} ended with exit code ${code}.`)));
    createInterface({ input: child.stdout! }).on('line', (line) => {
      const found = line.startsWith('{') ? isReady(JSON.parse(line)) : undefined;
      if (found !== undefined) resolve(found);
    });
  });
  return { pid: child.pid!, ready, stop, kill: () => child.kill('SIGKILL') };
}

function cleanEnvironment(): NodeJS.ProcessEnv {
  const own = (name: string) => name === 'CERTLOOP_CACHE_DIR' || !/^(CERTLOOP|TEMPORAL)_/.test(name);
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => own(name)));
}
