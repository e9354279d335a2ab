import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ensureAdministrator } from '../../api/administrator.ts';
import { today } from '../../api/clock.ts';
import { onBothDatabases } from './databases.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certloop-first-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

onBothDatabases('APIs that start at once on an empty database', (bench) => {
  test('make one administrator with one token, which all of them read on one data folder', async () => {
    const databases = await Promise.all(Array.from({ length: 4 }, () => bench.again()));
    const made = await Promise.all(databases.map((database) => ensureAdministrator(database, folder)));

    expect(await bench.db.accounts.countAdministrators()).toBe(1);
    expect(await bench.db.tokens.count()).toBe(1);
    expect(made.filter(({ created }) => created)).toHaveLength(1);
    const token = (await readFile(made[0]!.file, 'utf8')).trim();
    expect(made.map((one) => one.token)).toEqual([token, token, token, token]);
    expect(await bench.db.tokens.find(token, today())).toMatchObject({ installationRole: 'administrator' });
  });

  test('make one also on data folders of their own: the others have no token', async () => {
    const databases = await Promise.all([bench.again(), bench.again(), bench.again()]);
    const made = await Promise.all(
      databases.map((database, index) => ensureAdministrator(database, join(folder, `${index}`))),
    );

    expect(await bench.db.tokens.count()).toBe(1);
    expect(await bench.db.accounts.countAdministrators()).toBe(1);
    expect(made.filter(({ token }) => token !== undefined)).toHaveLength(1);
  });
});
