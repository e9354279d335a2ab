import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import knex, { type Knex } from 'knex';
import { afterAll, afterEach, beforeAll, beforeEach, describe } from 'vitest';
import { openDatabase } from '../../db/connect.ts';
import type { Database } from '../../db/types.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';

/** What a test of a repository gets: an empty database, and ways around the repositories. */
export interface Bench {
  readonly db: Database;
  readonly url: string;
  /** The url of another database, on which nothing was opened yet. */
  emptyUrl(): Promise<string>;
  /** Opens the same database again, as another process would; it is closed after the test. */
  again(): Promise<Database>;
  /** The tables themselves, to tamper with them; those of the test's own database when no url is given. */
  tables(url?: string): Knex;
}

/** Runs the same tests on SQLite and on a real PostgreSQL, each test on an empty database. */
export function onBothDatabases(name: string, tests: (bench: Bench) => void): void {
  describe.each(['sqlite', 'postgres'] as const)(`${name} on %s`, (kind) => {
    let postgres: TestPostgres | undefined;
    let folder: string;
    let count = 0;
    const opened: { close(): Promise<void> }[] = [];
    const bench = {
      db: undefined as unknown as Database,
      url: '',
      async emptyUrl() {
        count++;
        return postgres ? postgres.database(`test_${count}`) : `sqlite:${folder}/${count}/test.db`;
      },
      async again() {
        const db = await openDatabase(bench.url);
        opened.push(db);
        return db;
      },
      tables(other?: string): Knex {
        const url = other ?? bench.url;
        const tables = knex(
          kind === 'sqlite'
            ? { client: 'sqlite3', connection: { filename: url.slice(7) }, useNullAsDefault: true }
            : { client: 'pg', connection: url },
        );
        opened.push({ close: () => tables.destroy() });
        return tables;
      },
    };

    beforeAll(async () => {
      folder = await mkdtemp(path.join(tmpdir(), 'certloop-db-'));
      if (kind === 'postgres') postgres = await startPostgres();
    }, 60_000);
    beforeEach(async () => {
      bench.url = await bench.emptyUrl();
      bench.db = await bench.again();
    });
    afterEach(async () => {
      await Promise.all(opened.splice(0).map((one) => one.close()));
    });
    afterAll(async () => {
      await postgres?.stop();
      await rm(folder, { recursive: true, force: true });
    });

    tests(bench);
  });
}
