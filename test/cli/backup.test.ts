import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import knex, { type Knex } from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { backUpTo } from '../../cli/backup.ts';
import { openDatabase } from '../../db/connect.ts';
import { rebuild } from '../../db/rebuild.ts';
import type { Database } from '../../db/types.ts';
import type { ProgramState } from '../../domain/state.ts';
import { decideOne } from '../../workflows/decided.ts';
import { begun, manager, owner, tellStory } from '../api/support/story.ts';

let folder: string;
let url: string;
let database: Database;
let states: ProgramState[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'certloop-backup-'));
  url = `sqlite:${folder}/certloop.db`;
  database = await openDatabase(url);
  states = [];
  for (const id of ['alpha', 'beta', 'gamma']) states.push(await tellStory(database, { id }, begun));
});

afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const now = new Date('2031-05-06T07:08:09.123Z');

/** Opens a task in a program, again and again, each in a commit of its own that is told of. */
async function write(state: ProgramState, until: () => boolean, committed: () => void): Promise<void> {
  for (let present = state, count = 1; !until(); count++) {
    const commandId = `busy-${count}`;
    const command = {
      type: 'openTask' as const,
      title: `Task ${count}`,
      assignee: owner,
      dueOn: '2031-02-01',
    } as const;
    const { commit, state: next } = decideOne(
      present,
      { commandId, actor: { email: manager }, command },
      '2030-02-01T13:00:00.000Z',
    );
    await database.register.append({ programId: state.id, expectedSeq: present.seq, commandId, ...commit });
    present = next;
    committed();
  }
}

async function tables(file: string): Promise<Record<string, unknown[]>> {
  const db: Knex = knex({ client: 'sqlite3', connection: { filename: file }, useNullAsDefault: true });
  const names = ['programs', 'tasks', 'audits', 'findings', 'people'];
  const keys: Record<string, string[]> = {
    programs: ['id'],
    people: ['program_id', 'email'],
  };
  const rows = await Promise.all(names.map((name) => db(name).orderBy(keys[name] ?? ['program_id', 'id'])));
  await db.destroy();
  const parsed = (row: { doc: string }) => ({ ...row, doc: JSON.parse(row.doc) });
  return Object.fromEntries(names.map((name, index) => [name, rows[index]!.map(parsed)]));
}

describe('a backup', () => {
  test('while programs are written to is of one moment: each chain is whole, and the read tables are those of the records', async () => {
    let commits = 0;
    // There is writing between and during the copies, or it shows nothing.
    const enough = () => commits >= 150 && new Set(counts).size > 3;
    const copies: string[] = [];
    const counts: number[] = [];
    const writers = states.map((state) => write(state, enough, () => commits++));
    while (!enough()) {
      const { file, results } = await backUpTo(url, join(folder, 'copies', `${copies.length}.db`), now);
      expect(results.map(({ programId, ok }) => [programId, ok])).toEqual([
        ['alpha', true],
        ['beta', true],
        ['gamma', true],
      ]);
      copies.push(file);
      counts.push(results.reduce((sum, { records }) => sum + records, 0));
    }
    await Promise.all(writers);

    expect(await readdir(join(folder, 'copies'))).toHaveLength(copies.length);
    for (const file of copies.filter((_, index) => index % Math.ceil(copies.length / 6) === 0)) {
      const before = await tables(file);
      const copied = await openDatabase(`sqlite:${file}`);
      for (const id of await copied.register.programIds()) {
        expect(await copied.register.verify(id)).toMatchObject({ ok: true });
        await rebuild(copied, id);
      }
      await copied.close();
      expect(await tables(file)).toEqual(before);
    }
  });

  test('goes into a folder under a name with its moment', async () => {
    const { file } = await backUpTo(url, folder, now);
    expect(file).toBe(join(folder, 'certloop-20310506T070809Z.db'));
    expect((await backUpTo(url, `${folder}/new/`, now)).file).toBe(join(folder, 'new/certloop-20310506T070809Z.db'));
  });

  test('never writes over a file, and leaves nothing behind', async () => {
    const file = join(folder, 'precious.db');
    await writeFile(file, 'precious');
    await expect(backUpTo(url, file, now)).rejects.toThrow('already exists and is not overwritten');
    expect(await readFile(file, 'utf8')).toBe('precious');
    await backUpTo(url, folder, now);
    await expect(backUpTo(url, folder, now)).rejects.toThrow('already exists');
    expect((await readdir(folder)).filter((name) => name.includes('partial'))).toEqual([]);
  });

  test('says where the chain of a program is broken, in the copy as in the register', async () => {
    const db = knex({ client: 'sqlite3', connection: { filename: url.slice(7) }, useNullAsDefault: true });
    await db('records').where({ program_id: 'beta', seq: 2 }).delete();
    await db.destroy();
    const { file, results } = await backUpTo(url, folder, now);
    expect(results.map(({ programId, brokenAt }) => [programId, brokenAt?.seq])).toEqual([
      ['alpha', undefined],
      ['beta', 2],
      ['gamma', undefined],
    ]);
    expect(existsSync(file)).toBe(true);
  });

  test('of a database that is not there is refused, and none is made', async () => {
    await expect(backUpTo(`sqlite:${folder}/other.db`, `${folder}/copy.db`, now)).rejects.toThrow('CERTLOOP_DATA_DIR');
    expect(existsSync(`${folder}/other.db`)).toBe(false);
    expect(existsSync(`${folder}/copy.db`)).toBe(false);
  });

  test('of PostgreSQL is left to its own means', async () => {
    await expect(backUpTo('postgres://someone:secret@db.example/certloop', folder, now)).rejects.toThrow('pg_dump');
  });
});
