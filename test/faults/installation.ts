import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedService, startService } from '../../worker/service/embedded.ts';
import { anyFreePort } from '../../worker/service/ports.ts';
import { type MailServer, startMailServer } from '../support/mailServer.ts';
import { startPostgres } from '../support/postgres.ts';
import { testProgram } from '../support/service.ts';
import { type Supervised, supervise } from './processes.ts';

export const kinds = ['temporal', 'worker', 'api', 'database'] as const;

/** What can be killed. */
export type Kind = (typeof kinds)[number];

/** A part that can be killed without warning and started again as it was. */
export interface Mortal {
  kill(): Promise<void>;
  start(): Promise<void>;
}

/** An installation in parts, as a production set has: Temporal, PostgreSQL, two workers with their couriers, an API. */
export interface Installation {
  folder: string;
  url: string;
  databaseUrl: string;
  /** `host:port` of the Temporal service. */
  temporalAddress: string;
  administratorToken: string;
  mailServer: MailServer;
  /** Adds a line to `<folder>/faults.log`. */
  log: (line: string) => void;
  mortals: Record<Kind, Mortal[]>;
  /** How often a process of ours ended although nobody killed it; its supervisor started it again. */
  endedByThemselves(): number;
  /** Settles when the API reaches everything. */
  ready(): Promise<void>;
  /** Ends the workers and the API in good order; Temporal and the database stay. */
  closeShop(): Promise<void>;
  /** Ends everything; keeps the folder, with logs and data, when asked to. */
  stop(options?: { keepFolder: boolean }): Promise<void>;
}

const readyWithinMs = 60_000;

/** Starts all parts as processes of their own; only the mail server is in this one, and is never killed. */
export async function startInstallation(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'certloop-faults-'));
  const logFile = createWriteStream(join(folder, 'faults.log'));
  const log = (line: string) => void logFile.write(`${new Date().toISOString()} ${line}\n`);
  const mailServer = await startMailServer();
  const [postgres, temporal] = await Promise.all([startPostgres(), startTemporal(folder)]);
  const databaseUrl = await postgres.database('certloop');
  const url = `http://127.0.0.1:${await anyFreePort()}`;
  const env = {
    ...ownEnvironment(),
    CERTLOOP_DATA_DIR: folder,
    CERTLOOP_DATABASE_URL: databaseUrl,
    CERTLOOP_PORT: new URL(url).port,
    CERTLOOP_SMTP_URL: mailServer.url,
    CERTLOOP_COURIER_SECONDS: '0.3',
    TEMPORAL_ADDRESS: temporal.address,
  };
  const api = supervise('api', 'api', env, folder);
  const workers = ['worker-1', 'worker-2'].map((name) => supervise(name, 'worker', env, folder));
  const all: Supervised[] = [...workers, api];
  await Promise.all(all.map((process) => process.start()));

  const closeShop = async () => {
    await Promise.all(all.map((process) => process.stop()));
  };
  const stop = async ({ keepFolder } = { keepFolder: false }) => {
    await closeShop();
    await Promise.all([temporal.stop(), postgres.stop(), mailServer.close()]);
    if (!keepFolder) await rm(folder, { recursive: true, force: true });
  };
  try {
    await readyAt(url);
    return {
      folder,
      url,
      databaseUrl,
      temporalAddress: temporal.address,
      administratorToken: (await readFile(join(folder, 'administrator.token'), 'utf8')).trim(),
      mailServer,
      log,
      mortals: {
        temporal: [temporal],
        worker: workers,
        api: [api],
        database: [{ kill: () => postgres.kill(), start: () => postgres.startAgain() }],
      },
      endedByThemselves: () => all.reduce((sum, { endedByItself }) => sum + endedByItself, 0),
      ready: () => readyAt(url),
      closeShop,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The embedded service with a database in a file, always on the port that it had first. */
async function startTemporal(dataDir: string): Promise<Mortal & { address: string; stop(): Promise<void> }> {
  const program = await testProgram();
  const uiPort = await anyFreePort();
  const startAt = (port: number) =>
    startService({ program, dataDir, port, uiPort, rehearsals: false, log: () => undefined });
  let service: EmbeddedService = await startAt(0);
  const { address } = service;
  return {
    address,
    async kill() {
      process.kill(-service.pid, 'SIGKILL');
      await service.stop();
    },
    async start() {
      service = await startAt(Number(address.split(':')[1]));
    },
    stop: () => service.stop(),
  };
}

async function readyAt(url: string): Promise<void> {
  const deadline = Date.now() + readyWithinMs;
  for (;;) {
    const response = await fetch(`${url}/readyz`).catch(() => undefined);
    if (response?.ok) return;
    if (Date.now() > deadline) throw new Error(`The installation at ${url} is not ready within ${readyWithinMs} ms.`);
    await sleep(100);
  }
}

/** The environment without settings of the user's own. */
function ownEnvironment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(CERTLOOP|TEMPORAL)_/.test(name)));
}
