import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type EmbeddedService, startService } from '../../worker/service/embedded.ts';
import { anyFreePort } from '../../worker/service/ports.ts';
import { testProgram } from '../support/service.ts';
import { type MortalMail, startMortalMail } from './mail.ts';
import type { Mortal } from './mortal.ts';
import { type Supervised, supervise } from './processes.ts';
import { startStorage } from './storage.ts';

export const kinds = ['temporal', 'worker', 'api', 'database', 'standby', 'disk', 'mail'] as const;

/**
 * What can happen: a part is killed, the database is taken over by a server that only reads (`standby`), its disk is full, the
 * mail server is away.
 */
export type Kind = (typeof kinds)[number];

/** An installation in parts, as a production set has: Temporal, PostgreSQL, two workers with their couriers, two APIs. */
export interface Installation {
  folder: string;
  /** Of both APIs. */
  urls: [string, string];
  databaseUrl: string;
  /** `host:port` of the Temporal service. */
  temporalAddress: string;
  mail: MortalMail;
  /** Adds a line to `<folder>/faults.log`. */
  log: (line: string) => void;
  mortals: Record<Kind, Mortal[]>;
  /** How often a process of ours ended although nobody killed it; its supervisor started it again. */
  endedByThemselves(): number;
  /** Settles when both APIs reach everything. */
  ready(): Promise<void>;
  /** Ends the workers and the API in good order; Temporal and the database stay. */
  closeShop(): Promise<void>;
  /** Ends everything; keeps the folder, with logs and data, when asked to. */
  stop(options?: { keepFolder: boolean }): Promise<void>;
}

const readyWithinMs = 60_000;

/** Starts all parts as processes of their own; only the mail server is in this one. */
export async function startInstallation(): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), 'certloop-faults-'));
  const logFile = createWriteStream(join(folder, 'faults.log'));
  const log = (line: string) => void logFile.write(`${new Date().toISOString()} ${line}\n`);
  const mail = await startMortalMail();
  const [storage, temporal] = await Promise.all([startStorage(), startTemporal(folder)]);
  const { databaseUrl } = storage;
  const env = {
    ...ownEnvironment(),
    CERTLOOP_DATA_DIR: folder,
    CERTLOOP_DATABASE_URL: databaseUrl,
    CERTLOOP_METRICS_PORT: '0',
    CERTLOOP_SMTP_URL: mail.url,
    CERTLOOP_COURIER_SECONDS: '0.3',
    TEMPORAL_ADDRESS: temporal.address,
  };
  const ports = [await anyFreePort(), await anyFreePort()] as const;
  const urls: [string, string] = [`http://127.0.0.1:${ports[0]}`, `http://127.0.0.1:${ports[1]}`];
  const apis = ports.map((port, index) =>
    supervise(`api-${index + 1}`, 'api', { ...env, CERTLOOP_PORT: String(port) }, folder),
  );
  const workers = ['worker-1', 'worker-2'].map((name) => supervise(name, 'worker', env, folder));
  const all: Supervised[] = [...workers, ...apis];
  await Promise.all(all.map((process) => process.start()));

  const ready = async () => {
    await Promise.all(urls.map(readyAt));
  };
  const closeShop = async () => {
    await Promise.all(all.map((process) => process.stop()));
  };
  const stop = async ({ keepFolder } = { keepFolder: false }) => {
    await closeShop();
    await Promise.all([temporal.stop(), storage.stop(), mail.close()]);
    if (!keepFolder) await rm(folder, { recursive: true, force: true });
  };
  try {
    await ready();
    return {
      folder,
      urls,
      databaseUrl,
      temporalAddress: temporal.address,
      mail,
      log,
      mortals: { temporal: [temporal], worker: workers, api: apis, mail: [mail.mortal], ...storage.mortals },
      endedByThemselves: () => all.reduce((sum, { endedByItself }) => sum + endedByItself, 0),
      ready,
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
  const startAt = (port: number) =>
    startService({ program, dataDir, port, uiPort: null, rehearsals: false, log: () => undefined });
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
