import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureAdministrator } from '../../api/administrator.ts';
import { openDatabase } from '../../db/connect.ts';
import type { Database } from '../../db/types.ts';
import type { IsoDate } from '../../domain/basics.ts';

let folder: string;
let database: Database;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certloop-admin-'));
  database = await openDatabase(`sqlite:${folder}/test.db`);
});

afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

test('the first start makes a token that only its owner can read, later ones read it back', async () => {
  const dataDir = join(folder, 'data');
  const first = await ensureAdministrator(database, dataDir);
  const second = await ensureAdministrator(database, dataDir);

  expect(first.created).toBe(true);
  expect(second).toEqual({ ...first, created: false });
  expect((await readFile(first.file, 'utf8')).trim()).toBe(first.token);
  expect((await stat(first.file)).mode & 0o777).toBe(0o600);
  expect(await database.tokens.find(first.token!, new Date().toISOString().slice(0, 10) as IsoDate)).toMatchObject({
    installationRole: 'administrator',
  });
});

test('a file of another database is replaced, and its mode put right', async () => {
  await writeFile(join(folder, 'administrator.token'), 'of long ago\n', { mode: 0o644 });
  const made = await ensureAdministrator(database, folder);

  expect(made.created).toBe(true);
  expect((await stat(made.file)).mode & 0o777).toBe(0o600);
});

test('removing the file makes nobody an administrator', async () => {
  const { file } = await ensureAdministrator(database, folder);
  await rm(file);

  expect(await ensureAdministrator(database, folder)).toEqual({ token: undefined, file, created: false });
  expect(await database.tokens.count()).toBe(1);
});
