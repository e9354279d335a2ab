import { createHash } from 'node:crypto';
import type { Knex } from 'knex';
import { beforeEach, describe, expect, test } from 'vitest';
import { aCommit, aRecord } from '../support/builders.ts';
import { onBothDatabases } from './databases.ts';

onBothDatabases('verifying the chain', (bench) => {
  const length = 1203;

  beforeEach(async () => {
    const records = Array.from({ length }, (_, n) => aRecord(n + 1, { commandId: 'c' }));
    await bench.db.register.append(aCommit('p', 0, { commandId: 'c', records }));
    await bench.db.register.append(aCommit('q', 0));
  });

  test('an untouched chain is whole, over several batches', async () => {
    expect(await bench.db.register.verify('p')).toEqual({ programId: 'p', ok: true, records: length });
  });

  test('anyone can compute the hashes from the description', async () => {
    const rows = await bench.tables()('records').where({ program_id: 'p' }).orderBy('seq').limit(2);
    const first = createHash('sha256')
      .update('0'.repeat(64) + rows[0].payload)
      .digest('hex');
    expect(rows[0].hash).toBe(first);
    expect(rows[1].hash).toBe(
      createHash('sha256')
        .update(first + rows[1].payload)
        .digest('hex'),
    );
    expect(rows[0].payload).toBe(
      '{"actor":"pat@example.org","at":"2026-03-02T09:00:00.000Z","commandId":"c",' +
        '"data":{"code":"W1","text":"warning 1"},"item":0,"seq":1,"type":"WarningNoted"}',
    );
  });

  const row = (db: Knex, seq: number) => db('records').where({ program_id: 'p', seq });
  const swap = async (db: Knex, a: number, b: number, columns: string[]) => {
    const [first, second] = await Promise.all([a, b].map((seq) => row(db, seq).first(columns)));
    await row(db, a).update(second);
    await row(db, b).update(first);
  };

  describe.each<[string, (db: Knex) => Promise<unknown>, number, RegExp]>([
    [
      'a changed record',
      (db) => row(db, 700).update({ payload: db.raw("replace(payload, 'warning 700', 'nothing')") }),
      700,
      /record 700 was changed/,
    ],
    ['a changed hash', (db) => row(db, 3).update({ hash: 'f'.repeat(64) }), 3, /record 3 was changed/],
    ['a removed record', (db) => row(db, 501).delete(), 501, /record 501 is missing/],
    ['a removed first record', (db) => row(db, 1).delete(), 1, /record 1 is missing/],
    ['a removed last record', (db) => row(db, length).delete(), length, /record 1203 is missing/],
    [
      'swapped records',
      (db) => swap(db, 8, 9, ['payload', 'hash']),
      8,
      /record 9 is where record 8 should be.*reordered/,
    ],
    ['swapped contents', (db) => swap(db, 8, 9, ['payload']), 8, /reordered/],
    [
      'a head set back',
      async (db) => db('programs').where({ id: 'p' }).update({ head_seq: 1200 }),
      length + 1,
      /the head of the program is at 1200, but there are records up to 1203/,
    ],
    [
      'another head',
      (db) =>
        db('programs')
          .where({ id: 'p' })
          .update({ head_hash: '0'.repeat(64) }),
      length + 1,
      /hash of record 1203 is not the one/,
    ],
  ])('%s', (_, tamper, seq, reason) => {
    test('is found where it is', async () => {
      const changed = await tamper(bench.tables());
      expect(changed).not.toBe(0);
      expect(await bench.db.register.verify('p')).toEqual({
        programId: 'p',
        ok: false,
        records: seq - 1,
        brokenAt: { seq, reason: expect.stringMatching(reason) },
      });
      expect(await bench.db.register.verify('q')).toMatchObject({ ok: true });
    });
  });

  test('a program that does not exist is not whole', async () => {
    expect(await bench.db.register.verify('nobody')).toMatchObject({
      ok: false,
      records: 0,
      brokenAt: { reason: 'the register has no such program' },
    });
  });

  test('stays right while records are appended', async () => {
    const checks = [];
    for (let head = 1; head < 20; head++) {
      checks.push(bench.db.register.verify('q'));
      await bench.db.register.append(aCommit('q', head));
    }
    for (const check of await Promise.all(checks)) expect(check.brokenAt).toBeUndefined();
  });
});
