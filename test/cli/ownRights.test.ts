import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { backUpTo } from '../../cli/backup.ts';
import { closeDataDir, ensureDataDir } from '../../cli/run/dataDir.ts';
import { fileLog } from '../../cli/run/log.ts';
import { startAll } from '../../cli/run/startAll.ts';
import { tokenLine } from '../../cli/start.ts';
import { loadSettings, type Settings } from '../../config/settings.ts';
import { openDatabase } from '../../db/connect.ts';
import { folderStore } from '../../files/stores/folder.ts';
import { quietRuntime } from '../support/quietRuntime.ts';

let folder: string;

beforeAll(async () => {
  quietRuntime('ERROR');
  folder = await mkdtemp(join(tmpdir(), 'certloop-rights-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const rightsOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

/** What others could do something with, below a folder. */
async function openIn(where: string): Promise<string[]> {
  const open: string[] = [];
  for (const name of await readdir(where, { recursive: true })) {
    // What a database keeps beside it comes and goes.
    const { mode } = await stat(join(where, name)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return { mode: 0 };
    });
    if ((mode & 0o077) !== 0) open.push(`${name} ${(mode & 0o777).toString(8)}`);
  }
  return open;
}

describe('an installation', () => {
  let dataDir: string;
  let settings: Settings;

  async function started<T>(use: (installation: Awaited<ReturnType<typeof startAll>>) => Promise<T> | T): Promise<T> {
    const { log } = fileLog(settings);
    const installation = await startAll(settings, log, () => undefined, inject('workflowBundle'));
    try {
      return await use(installation);
    } finally {
      await installation.stop();
    }
  }

  beforeAll(async () => {
    dataDir = join(folder, 'open');
    // As an earlier version left it: open to all, with a register and a log in it.
    await mkdir(dataDir);
    await chmod(dataDir, 0o777);
    await writeFile(join(dataDir, 'certloop.log'), '');
    await (await openDatabase(`sqlite:${dataDir}/certloop.db`)).close();
    for (const name of await readdir(dataDir)) await chmod(join(dataDir, name), 0o664);
    const { HOME, XDG_CACHE_HOME, CERTLOOP_CACHE_DIR } = process.env;
    const free = { port: 0, metricsPort: 0, temporalPort: 0, smtpPort: 0 };
    settings = loadSettings({ HOME, XDG_CACHE_HOME, CERTLOOP_CACHE_DIR }, { dataDir, ...free });
  });

  test('closes its folder and every file in it to others, and prints its token at its first start alone', async () => {
    const first = await started(async (installation) => {
      expect(await rightsOf(dataDir)).toBe('700');
      expect(await openIn(dataDir)).toEqual([]);
      const names = await readdir(dataDir);
      for (const name of [
        'certloop.db',
        'certloop.db-wal',
        'certloop.log',
        'temporal.db',
        'administrator.token',
        'mailbox',
      ])
        expect(names).toContain(name);
      return installation;
    });
    expect(first.administratorToken).toMatch(/^clp_/);
    expect(tokenLine(first)).toContain(first.administratorToken);

    const second = await started((installation) => installation);
    expect(second.administratorToken).toBe(first.administratorToken);
    expect(tokenLine(second)).toBe(`in ${join(dataDir, 'administrator.token')}`);
    expect(tokenLine({ ...second, administratorToken: undefined })).toMatch(/make one with "certloop token/);
  }, 120_000);
});

test('a folder that holds something else too is left as it is, and warned of; what is ours in it is closed', async () => {
  const shared = join(folder, 'shared');
  await mkdir(shared);
  await writeFile(join(shared, 'of-somebody.txt'), 'Hello');
  await writeFile(join(shared, 'certloop.db'), '');
  await chmod(join(shared, 'certloop.db'), 0o644);
  await chmod(shared, 0o755);

  expect(ensureDataDir(shared)).toMatch(
    /^Other users of this machine can get at .*\/shared: take that from them as its owner/,
  );
  expect(await rightsOf(shared)).toBe('755');
  expect(await rightsOf(join(shared, 'certloop.db'))).toBe('600');
  expect(await rightsOf(join(shared, 'of-somebody.txt'))).toBe('644');
});

test('a folder that many share on purpose is never closed, and one that is closed says nothing', async () => {
  const sticky = join(folder, 'sticky');
  await mkdir(sticky);
  await chmod(sticky, 0o1777);
  expect(closeDataDir(sticky)).toContain(sticky);
  expect(await rightsOf(sticky)).toBe('777');
  expect(ensureDataDir(join(folder, 'made'))).toBeUndefined();
  expect(await rightsOf(join(folder, 'made'))).toBe('700');
  expect(closeDataDir(join(folder, 'nowhere'))).toBeUndefined();
});

test('a backup, a register elsewhere and kept files are for their owner alone', async () => {
  const url = `sqlite:${folder}/elsewhere/register.db`;
  const database = await openDatabase(url);
  try {
    const { file } = await backUpTo(url, join(folder, 'backups/'), new Date());
    expect(await rightsOf(file)).toBe('600');
    expect(await rightsOf(join(folder, 'backups'))).toBe('700');
    await folderStore(join(folder, 'evidence')).put(
      (async function* () {
        yield Buffer.from('Seen.');
      })(),
    );
    for (const where of ['elsewhere', 'backups', 'evidence']) expect(await openIn(join(folder, where))).toEqual([]);
  } finally {
    await database.close();
  }
});
