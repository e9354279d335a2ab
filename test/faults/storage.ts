import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startPostgres } from '../support/postgres.ts';
import type { Mortal } from './mortal.ts';

const run = promisify(execFile);

/** The disk of the database: small, so that it is soon full. */
const diskSize = '768m';

/** A PostgreSQL server whose disk can be full, and which can be taken over by one that only reads. */
export interface Storage {
  databaseUrl: string;
  mortals: Record<'database' | 'standby' | 'disk', Mortal[]>;
  stop(): Promise<void>;
}

/**
 * Starts it on a disk of its own. Where this machine lets nobody mount one, its disk is never full, and `disk` has nothing
 * that could be killed.
 */
export async function startStorage(): Promise<Storage> {
  const disk = await mountDisk();
  const settings = ['max_wal_size=96MB', 'min_wal_size=32MB'];
  const postgres = await startPostgres({ settings, ...(disk && { inFolder: disk }) });
  const databaseUrl = await postgres.database('certloop');

  const runsAgain = async () => {
    // Full up to the log that it writes ahead, the server ends, some time after; who looks after it starts it again.
    for (const deadline = Date.now() + 60_000; ; await sleep(100)) {
      if (!postgres.runs()) await postgres.startAgain();
      try {
        return await postgres.sql('select 1');
      } catch (error) {
        if (Date.now() > deadline) throw error;
      }
    }
  };
  const database: Mortal = { kill: () => postgres.kill(), start: () => postgres.startAgain() };
  const standby: Mortal = {
    kill: () => postgres.sql(`${readOnly('on')}; ${endConnections}`),
    start: () => postgres.sql(readOnly('off')),
  };
  return {
    databaseUrl,
    mortals: { database: [database], standby: [standby], disk: disk ? [fillable(disk, runsAgain)] : [] },
    async stop() {
      await postgres.stop();
      if (disk) await unmount(disk);
    },
  };
}

const readOnly = (is: 'on' | 'off') => `alter database certloop set default_transaction_read_only = ${is}`;
const endConnections = "select pg_terminate_backend(pid) from pg_stat_activity where datname = 'certloop'";

function fillable(disk: string, runsAgain: () => Promise<void>): Mortal {
  const ballast = join(disk, 'ballast');
  return {
    async kill() {
      const file = await open(ballast, 'w');
      try {
        const block = Buffer.alloc(1024 * 1024);
        for (const size of [block.length, 4096]) {
          while (await file.write(block, 0, size).then(() => true, isFull));
        }
      } finally {
        await file.close();
      }
    },
    async start() {
      await rm(ballast, { force: true });
      await runsAgain();
    },
  };
}

function isFull(error: NodeJS.ErrnoException): false {
  if (error.code === 'ENOSPC') return false;
  throw error;
}

async function mountDisk(): Promise<string | undefined> {
  const folder = await mkdtemp(join(tmpdir(), 'certloop-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${diskSize}`, 'tmpfs', folder]);
    await statfs(folder);
    return folder;
  } catch {
    await rm(folder, { recursive: true, force: true });
    return undefined;
  }
}

/** What the server's children hold open keeps a disk mounted a moment longer. */
async function unmount(folder: string): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    try {
      await run('umount', [folder]);
      break;
    } catch {
      await sleep(100);
    }
  }
  await rm(folder, { recursive: true, force: true });
}
