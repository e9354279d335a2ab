import { expect, test } from 'vitest';
import { openDatabase, openExistingDatabase } from '../../db/connect.ts';
import { type Migration, migrations } from '../../db/migrate.ts';
import { aCommit } from '../support/builders.ts';
import { onBothDatabases } from './databases.ts';

const addition: Migration = {
  name: '900-adds-notes',
  migration: {
    async up(db) {
      await db.schema.createTable('notes', (table) => void table.text('text'));
      await db.schema.alterTable('tasks', (table) => void table.text('note'));
    },
    down: () => Promise.reject(new Error('Migrations are not taken back.')),
  },
};

onBothDatabases('a migration of a newer version', (bench) => {
  test('that only adds runs while an older version works, which can also start again', async () => {
    let running = true;
    const commits = (async () => {
      let head = 0;
      for (; running || head < 20; head++) {
        expect(await bench.db.register.append(aCommit('p', head, { commandId: `c-${head}` }))).toEqual({
          appended: true,
        });
      }
      return head;
    })();
    await (await openDatabase(bench.url, [...migrations, addition])).close();
    const restarted = await openDatabase(bench.url);
    expect(await restarted.read.program('p')).toBeDefined();
    await restarted.close();
    running = false;

    const count = await commits;
    expect(await bench.db.register.verify('p')).toMatchObject({ ok: true, records: count });
    expect(await bench.tables()('notes')).toEqual([]);
  });

  test('that takes something away keeps an older version from starting, with the reason', async () => {
    const removal = { ...addition, name: '901-removes-notes' };
    await (await openDatabase(bench.url, [...migrations, removal])).close();
    await expect(openDatabase(bench.url)).rejects.toThrow(/newer version of Certloop.*901-removes-notes/);
  });
});

onBothDatabases('a database without a register', (bench) => {
  test('is refused where one is expected, and nothing is made in it', async () => {
    const url = await bench.emptyUrl();
    for (const attempt of [1, 2]) {
      await expect(openExistingDatabase(url), `attempt ${attempt}`).rejects.toThrow(/no database|holds no register/);
    }
    await (await openDatabase(url)).close();
    await (await openExistingDatabase(url)).close();
  });
});
