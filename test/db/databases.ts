import { randomUUID } from 'node:crypto';
import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import knex, { type Knex } from 'knex';
import { afterAll, afterEach, beforeAll, beforeEach, describe, inject } from 'vitest';
import { openDatabase } from '../../db/connect.ts';
import type { Database } from '../../db/types.ts';
import { query } from '../support/postgres.ts';
import { patient } from '../support/rewriteChain.ts';

/** What a test of a repository gets: an empty database, and ways around the repositories. */
export interface Bench {
  readonly db: Database;
  readonly url: string;
  /** The url of another database, on which nothing was opened yet: it is gone after the test. */
  emptyUrl(): Promise<string>;
  /** Opens the same database again, as another process would; it is closed after the test. */
  again(): Promise<Database>;
  /** The tables themselves, to tamper with them; those of the test's own database when no url is given. */
  tables(url?: string): Knex;
}

/** Runs the same tests on SQLite and on a real PostgreSQL, each test on an empty database. */
export function onBothDatabases(name: string, tests: (bench: Bench) => void): void {
  describe.each(['sqlite', 'postgres'] as const)(`${name} on %s`, (kind) => {
    let folder: string;
    const opened: { close(): Promise<void> }[] = [];
    const made: string[] = [];
    const makeDatabase = kind === 'sqlite' ? (isMigrated: boolean) => makeFile(folder, isMigrated) : makeOnServer;
    const make = async (isMigrated: boolean) => {
      const url = await makeDatabase(isMigrated);
      made.push(url);
      return url;
    };
    const bench = {
      db: undefined as unknown as Database,
      url: '',
      emptyUrl: () => make(false),
      async again() {
        const db = await openDatabase(bench.url);
        opened.push(db);
        return db;
      },
      tables(other?: string): Knex {
        const url = other ?? bench.url;
        const tables = knex(
          kind === 'sqlite'
            ? { client: 'sqlite3', connection: { filename: url.slice(7) }, useNullAsDefault: true, pool: patient }
            : { client: 'pg', connection: url },
        );
        opened.push({ close: () => tables.destroy() });
        return tables;
      },
    };

    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'certloop-db-'));
    });
    beforeEach(async () => {
      bench.url = await make(true);
      bench.db = await bench.again();
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((one) => one.close()));
      for (const url of made.splice(0)) if (kind === 'postgres') await drop(url);
    });
    afterAll(async () => {
      await rm(folder, { recursive: true, force: true });
    });

    tests(bench);
  });
}

async function makeFile(folder: string, isMigrated: boolean): Promise<string> {
  const file = path.join(folder, randomUUID(), 'test.db');
  if (isMigrated) {
    await mkdir(path.dirname(file));
    await copyFile(inject('emptyDatabases').file, file);
  }
  return `sqlite:${file}`;
}

async function makeOnServer(isMigrated: boolean): Promise<string> {
  const template = inject('emptyDatabases').url;
  const name = `test_${randomUUID()}`;
  await onServer(`create database "${name}"${isMigrated ? ` template "${databaseOf(template)}"` : ''}`);
  return Object.assign(new URL(template), { pathname: `/${name}` }).href;
}

function drop(url: string): Promise<void> {
  return onServer(`drop database "${databaseOf(url)}" with (force)`);
}

function onServer(sql: string): Promise<void> {
  return query(Object.assign(new URL(inject('emptyDatabases').url), { pathname: '/postgres' }).href, sql);
}

function databaseOf(url: string): string {
  return new URL(url).pathname.slice(1);
}
