import { existsSync } from 'node:fs';
import { copyFile, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase } from '../../db/connect.ts';
import { faultOf } from '../../db/faults.ts';
import type { Database } from '../../db/types.ts';
import { aCommit } from '../support/builders.ts';

let folder: string;
let file: string;
let db: Database;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certloop-moved-'));
  file = join(folder, 'test.db');
  db = await openDatabase(`sqlite:${file}`);
  await db.register.append(aCommit('before', 0));
});

afterEach(async () => {
  await db.close().catch(() => undefined);
  await rm(folder, { recursive: true, force: true });
});

/** Nothing is acknowledged, by commands or by the look whether the database takes what is written. */
async function expectAway(): Promise<void> {
  for (const refused of [
    () => db.register.append(aCommit('during', 0)),
    () => db.mustTakeWrites(),
    () => Promise.all(Array.from({ length: 5 }, (_, index) => db.register.append(aCommit(`during-${index}`, 0)))),
  ]) {
    const error = await refused().then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    expect(faultOf(error)).toMatchObject({ kind: 'away', reason: expect.stringMatching(/test\.db/) });
  }
}

test('a file that is moved takes nothing, and no other is made in its place; moved back, it does again', async () => {
  await rename(file, `${file}.moved`);
  await expectAway();
  // More readers than there were: each new one would make an empty file.
  await Promise.all(Array.from({ length: 8 }, () => db.register.programIds().catch(() => [])));
  expect(existsSync(file)).toBe(false);
  await rename(`${file}.moved`, file);
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  await db.mustTakeWrites();
  await db.register.append(aCommit('after', 0));
  expect(await db.register.programIds()).toEqual(['after', 'before']);
});

test.each(['', '-wal'])('a file that is deleted takes nothing (test.db%s)', async (suffix) => {
  await rm(`${file}${suffix}`);
  await expectAway();
});

test('a file that another was put in place of takes nothing, and the other is left as it is', async () => {
  const other = join(folder, 'other.db');
  await (await openDatabase(`sqlite:${other}`)).close();
  await rename(other, file);
  await copyFile(file, other);
  await expectAway();
  const errors = await Promise.all(
    Array.from({ length: 8 }, () =>
      db.register.programIds().then(
        (ids) => (ids.includes('before') ? undefined : new Error('of the other')),
        (error: unknown) => (faultOf(error)?.kind === 'away' ? undefined : error),
      ),
    ),
  );
  expect(errors.filter(Boolean)).toEqual([]);
});
