import { expect, test } from 'vitest';
import { openDatabase } from '../../db/connect.ts';
import { migrations } from '../../db/migrate.ts';
import { rebuild } from '../../db/rebuild.ts';
import { namesIn } from '../../domain/registry/names.ts';
import type { ProgramRecord } from '../../domain/registry.ts';
import { record } from '../api/support/recorded.ts';
import { certified } from '../domain/journey.ts';
import { who } from '../domain/support.ts';
import { onBothDatabases } from './databases.ts';

onBothDatabases('the names of records', (bench) => {
  const seqs = (records: readonly ProgramRecord[]) => records.map(({ seq }) => seq);

  test('find what they name, in order, some of it or its last ones', async () => {
    const driver = certified('2030-06-03');
    await record(bench.db, driver, 'p');
    const naming = (names: string[][], among = {}) => bench.db.register.naming('p', names, among);
    const expected = (isOne: (names: string[]) => boolean) => seqs(driver.records.filter((one) => isOne(namesIn(one))));

    expect(seqs(await naming([]))).toEqual(seqs(driver.records));
    const ofOwner = expected((names) => names.includes(who.owner));
    expect(ofOwner.length).toBeGreaterThan(10);
    expect(seqs(await naming([[who.owner]]))).toEqual(ofOwner);
    expect(seqs(await naming([[who.owner]], { limit: 3 }))).toEqual(ofOwner.slice(0, 3));
    expect(seqs(await naming([[who.owner]], { limit: 3, latest: true }))).toEqual(ofOwner.slice(-3));
    expect(seqs(await naming([[who.owner]], { after: ofOwner[0]!, through: ofOwner[2]! }))).toEqual(
      ofOwner.slice(1, 3),
    );
    const both = expected((names) => names.includes(who.owner) && names.includes('EvidenceSubmitted'));
    expect(both.length).toBeGreaterThan(0);
    expect(seqs(await naming([[who.owner], ['EvidenceSubmitted', 'EvidenceTakenBack']]))).toEqual(both);
    expect(await naming([['T-99999']])).toEqual([]);
    expect(await bench.db.register.naming('q', [[who.owner]])).toEqual([]);
  });

  test('are those of registers written before, and again after they were rebuilt', async () => {
    const driver = certified('2030-06-03');
    await record(bench.db, driver, 'p');
    const rows = () => bench.tables()('record_names').orderBy(['name', 'seq']);
    const right = await rows();
    expect(right.length).toBeGreaterThan(driver.records.length);

    await bench.tables()('record_names').delete();
    await rebuild(bench.db, 'p');
    expect(await rows()).toEqual(right);

    await bench.tables().schema.dropTable('record_names');
    await bench.tables()('knex_migrations').where('name', 'like', '013-%').delete();
    await (await openDatabase(bench.url, migrations)).close();
    expect(await rows()).toEqual(right);
  });
});

onBothDatabases('a rehearsal that is rebuilt', (bench) => {
  test('keeps the clock to which it was advanced', async () => {
    const driver = certified('2030-06-03');
    await record(bench.db, driver, 'p');
    await bench.db.read.setClock('p', '2030-06-20T12:00:00.000Z');
    const before = await bench.db.read.program('p');
    await rebuild(bench.db, 'p');
    expect(await bench.db.read.program('p')).toEqual(before);
  });
});
