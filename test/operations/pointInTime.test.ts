import { chown, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from '../../db/connect.ts';
import { aCommit } from '../support/builders.ts';
import { startPostgres, type TestPostgres } from '../support/postgres.ts';
import { commandsOf, follow, postgresTools } from './support/pages.ts';

let postgres: TestPostgres;
let folder: string;
let env: NodeJS.ProcessEnv & { CERTLOOP_DATABASE_URL: string };

beforeAll(async () => {
  postgres = await startPostgres();
  folder = await mkdtemp(join(tmpdir(), 'certloop-point-in-time-'));
  const url = await postgres.database('certloop');
  env = {
    PATH: [process.env.PATH, await postgresTools()].join(delimiter),
    CERTLOOP_DATABASE_URL: url,
    SERVER_URL: url.replace(/certloop$/, 'postgres'),
    PGDATA: postgres.data,
    BACKUP: join(folder, 'backup'),
    ARCHIVE: join(folder, 'archive'),
  };
  for (const name of ['', 'backup', 'archive']) {
    await mkdir(join(folder, name), { recursive: true });
    const { uid, gid } = postgres.owner;
    if (uid !== undefined) await chown(join(folder, name), uid, gid!);
  }
});

afterAll(async () => {
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

/** As the one whose server it is. */
const run = (commands: string, more: NodeJS.ProcessEnv = {}) =>
  follow(commands, { ...env, ...more }, { ...postgres.owner, cwd: folder });
const page = (block: number, more?: NodeJS.ProcessEnv) =>
  run(commandsOf('Restore PostgreSQL to a point in time')[block]!, more);
const commits = async (seq: number) => {
  const database = await openDatabase(env.CERTLOOP_DATABASE_URL);
  await database.register.append(aCommit('aims', seq)).finally(() => database.close());
};

test('the register comes back as it was at a moment, whole', async () => {
  await page(0);
  await postgres.kill();
  await postgres.startAgain();
  await commits(0);
  await page(1);
  await commits(1);
  await sleep(1_500);
  const until = new Date().toISOString().replace('T', ' ').replace('Z', '+00');
  await sleep(1_500);
  await commits(2);
  const ask = (what: string) => run(`psql -At "$SERVER_URL" -c "select ${what}"`);
  const last = (await ask('pg_walfile_name(pg_switch_wal())')).trim();
  await expect.poll(() => ask(`last_archived_wal >= '${last}' from pg_stat_archiver`)).toContain('t');
  await postgres.kill();

  await page(2, { UNTIL: until });
  await postgres.startAgain();
  await page(3);

  const database = await openDatabase(env.CERTLOOP_DATABASE_URL);
  expect(await database.register.verify('aims')).toEqual({ programId: 'aims', ok: true, records: 2 });
  await database.close();
  // It is a server again that takes changes.
  await commits(2);
}, 200_000);
