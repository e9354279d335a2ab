import { expect, test } from 'vitest';
import { openDatabase, openExistingDatabase } from '../../db/connect.ts';
import { genesisHash } from '../../db/hashes.ts';
import { type Migration, migrations } from '../../db/migrate.ts';
import { aClosedFinding, aCommit, aFinding, aProgram } from '../support/builders.ts';
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
        expect(await bench.db.register.append(aCommit('p', head, { commandId: `c-${head}` }))).toMatchObject({
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

onBothDatabases('a database of the schema before', (bench) => {
  /** The first two migrations, and rows as they were written then. */
  async function earlier(): Promise<string> {
    const url = await bench.emptyUrl();
    await (await openDatabase(url, migrations.slice(0, 2))).close();
    const tables = bench.tables(url);
    const rows = Array.from({ length: 1_100 }, (_, index) => {
      const phase = index % 100 === 0 ? 'closed' : 'implementation';
      const program = aProgram(`p${index}`, { name: 'Ünï "\u0000" \u{1f600}', phase });
      const head = { head_seq: 0, head_hash: genesisHash };
      return { id: program.id, ...head, rehearsal: false, clock_at: program.clockAt, doc: JSON.stringify(program) };
    });
    await tables.batchInsert('programs', rows, 200);
    const { auditId, grade, status } = aFinding(1);
    const columns = { audit_id: auditId, grade, status, doc: JSON.stringify(aFinding(1)) };
    await tables('findings').insert({ program_id: 'p0', id: 'F-1', number: 1, ...columns });
    return url;
  }

  test('is brought to the present one, with what it holds', async () => {
    const url = await earlier();
    const { read, register, close } = await openDatabase(url);
    try {
      expect(await read.programsByPhase()).toEqual(
        new Map([
          ['implementation', 1_089],
          ['closed', 11],
        ]),
      );
      expect(await read.finding('p0', 'F-1')).toEqual(aFinding(1));
      const rows = { findings: [aClosedFinding(1), aFinding(2)] };
      expect(await register.append(aCommit('p0', 0, { rows }))).toMatchObject({ appended: true });
      expect((await read.findings('p0', { limit: 10 })).items).toEqual(rows.findings);
    } finally {
      await close();
    }
  });

  test('has nothing left that is never read', async () => {
    const url = await earlier();
    await (await openDatabase(url)).close();
    const tables = bench.tables(url);
    expect(await tables.schema.hasTable('certificates')).toBe(false);
    expect(Object.keys(await tables('findings').columnInfo()).sort()).toEqual(['doc', 'id', 'number', 'program_id']);
    await expect(openDatabase(url, migrations.slice(0, 2))).rejects.toThrow(/newer version.*004-drops-unread/);
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
