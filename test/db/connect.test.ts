import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import knex from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDatabase, openExistingDatabase } from '../../db/connect.ts';
import type { Database } from '../../db/types.ts';
import { anyFreePort } from '../../worker/service/ports.ts';
import { aCommit } from '../support/builders.ts';
import { onBothDatabases } from './databases.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'certloop-connect-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Root may write anywhere: for the time of `action`, be nobody. */
async function asOrdinaryUser(action: () => Promise<void>): Promise<void> {
  const isRoot = process.geteuid?.() === 0;
  if (isRoot) process.seteuid!('nobody');
  try {
    await action();
  } finally {
    if (isRoot) process.seteuid!(0);
  }
}

const appendMany = (url: string, name: string, count: number): ChildProcess =>
  spawn(process.execPath, [path.join(import.meta.dirname, 'append-many.mjs'), url, name, String(count)], {
    cwd: path.resolve(import.meta.dirname, '../..'),
    stdio: ['pipe', 'pipe', 'inherit'],
  });

/** Lets processes begin once each of them is there; gives what they acknowledge, by process. */
async function runTogether(children: ChildProcess[], mostLines = Number.POSITIVE_INFINITY): Promise<string[][]> {
  let begun = 0;
  return Promise.all(
    children.map(async (child) => {
      const lines: string[] = [];
      for await (const line of createInterface(child.stdout!)) {
        if (line !== 'ready') lines.push(line);
        else if (++begun === children.length) for (const each of children) each.stdin!.end('go');
        if (lines.length === mostLines) child.kill('SIGKILL');
      }
      return lines;
    }),
  );
}

describe('a database that cannot be opened', () => {
  test('a folder that cannot be written to', async () => {
    await mkdir(path.join(folder, 'locked'));
    await chmod(path.join(folder, 'locked'), 0o555);
    await chmod(folder, 0o755);
    const url = `sqlite:${folder}/locked/certloop.db`;
    await asOrdinaryUser(async () => {
      await expect(openDatabase(url)).rejects.toThrow(
        `Cannot open the database ${url}: EACCES: permission denied, open '${folder}/locked/certloop.db'. ` +
          `Check that ${folder}/locked is a folder this user can write to and has room left.`,
      );
    });
  });

  test('a folder that cannot be made', async () => {
    await writeFile(path.join(folder, 'file'), '');
    const url = `sqlite:${folder}/file/certloop.db`;
    await expect(openDatabase(url)).rejects.toThrow(/^Cannot open the database sqlite:.*(EEXIST|ENOTDIR).*Check that/);
  });

  test('a file that is no database', async () => {
    await writeFile(path.join(folder, 'text.db'), 'not a database, but long enough to be looked at '.repeat(50));
    await expect(openDatabase(`sqlite:${folder}/text.db`)).rejects.toThrow(
      /file is not a database\. Name another file with CERTLOOP_DATA_DIR/,
    );
  });

  test('a folder that the system refuses without saying why', { skip: process.platform !== 'linux' }, async () => {
    await expect(openDatabase('sqlite:/proc/nope/deeper/certloop.db')).rejects.toThrow(
      /ENOENT.*Check that \/proc\/nope/,
    );
  });

  test('a database that is not there, where one is expected; none is made', async () => {
    const file = path.join(folder, 'mistyped', 'certloop.db');
    await expect(openExistingDatabase(`sqlite:${file}`)).rejects.toThrow(
      `There is no database ${file}: check CERTLOOP_DATA_DIR`,
    );
    expect(existsSync(path.dirname(file))).toBe(false);
  });

  test('a server that does not answer; its password is not shown', async () => {
    const port = await anyFreePort();
    const error = await openDatabase(`postgres://pat:s3cret@127.0.0.1:${port}/certloop`).catch((e: Error) => e);
    expect((error as Error).message).toBe(
      `Cannot open the database postgres://pat:***@127.0.0.1:${port}/certloop: connect ECONNREFUSED 127.0.0.1:${port}. ` +
        'Check that the server runs, that host, port, database and user are right, and that the user may create tables.',
    );
  });

  test.each(['mysql://pat:s3cret@db/certloop', 'certloop.db', 'postgres//pat:s3cret@db'])(
    'a url of no known kind: %s',
    async (url) => {
      const error = (await openDatabase(url).catch((e: Error) => e)) as Error;
      expect(error.message).toMatch(/^Cannot open the database: .* is neither sqlite:.* nor postgres:/);
      expect(error.message).not.toContain('s3cret');
    },
  );

  test.each(['sqlite:', 'sqlite::memory:'])('a url without a file: %s', async (url) => {
    await expect(openDatabase(url)).rejects.toThrow('it names no file');
  });
});

describe('SQLite', () => {
  test('is made with its folder, writes ahead, and is found again', async () => {
    const url = `sqlite:${folder}/new/folder/certloop.db`;
    const db = await openDatabase(url);
    await db.register.append(aCommit('p', 0));
    await db.close();
    const reopened = await openDatabase(url);
    expect(await reopened.register.records('p')).toHaveLength(1);
    await reopened.close();
    const plain = knex({ client: 'sqlite3', connection: { filename: url.slice(7) }, useNullAsDefault: true });
    expect(await plain.raw('pragma journal_mode')).toEqual([{ journal_mode: 'wal' }]);
    await plain.destroy();
  });

  test('two processes write to one file: none loses what the other wrote', async () => {
    const url = `sqlite:${folder}/shared.db`;
    const children = ['a', 'b'].map((name) => appendMany(url, name, 150));
    const acknowledged = (await runTogether(children)).flat();
    expect(acknowledged).toHaveLength(300);
    await withDatabase(url, async (db) => {
      const records = await db.register.records('shared');
      expect(records.map((record) => record.commandId).sort()).toEqual(acknowledged.sort());
      expect(await db.register.verify('shared')).toMatchObject({ ok: true, records: 300 });
    });
    const turns = (await orderOf(url)).filter((name, i, all) => name !== all[i - 1]);
    expect(turns.length, 'the two did not write at the same time').toBeGreaterThan(2);
  });

  test('a process that is killed loses nothing that it acknowledged', async () => {
    const url = `sqlite:${folder}/killed.db`;
    const [acknowledged = []] = await runTogether([appendMany(url, 'a', 10_000)], 40);
    await withDatabase(url, async (db) => {
      const commands = (await db.register.records('shared')).map((record) => record.commandId);
      expect(commands.length).toBeLessThan(10_000);
      expect(commands).toEqual(expect.arrayContaining(acknowledged));
      expect(await db.register.verify('shared')).toMatchObject({ ok: true });
    });
  });

  async function withDatabase(url: string, action: (db: Database) => Promise<void>): Promise<void> {
    const db = await openDatabase(url);
    await action(db).finally(() => db.close());
  }

  async function orderOf(url: string): Promise<string[]> {
    const db = await openDatabase(url);
    const records = await db.register.records('shared');
    await db.close();
    return records.map((record) => record.commandId.split('-')[0]!);
  }
});

onBothDatabases('a database', (bench) => {
  test('can be opened by many at once when it is still empty', async () => {
    const url = await bench.emptyUrl();
    const all = await Promise.all(Array.from({ length: 6 }, () => openDatabase(url)));
    await all[0]!.register.append(aCommit('p', 0));
    expect(await all[4]!.register.programIds()).toEqual(['p']);
    await Promise.all(all.map((db) => db.close()));
  });

  test('answers a ping while it is open, and no more afterwards', async () => {
    await bench.db.ping();
    const other = await bench.again();
    await other.close();
    await expect(other.ping()).rejects.toThrow();
  });
});
