import { join } from 'node:path';
import knex from 'knex';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { appendCommit } from '../../db/append.ts';
import { openDatabase } from '../../db/connect.ts';
import { faultOf } from '../../db/faults.ts';
import { createGroupCommit } from '../../db/group-commit.ts';
import { refuseStrays } from '../../db/strays.ts';
import type { Database } from '../../db/types.ts';
import { createZones } from '../../db/zones.ts';
import { aCommit, aNotice, aRecord } from '../support/builders.ts';
import { type SmallDisk, smallDisk } from '../support/smallDisk.ts';

let disk: SmallDisk;
let db: Database;
let url: string;

beforeEach(async () => {
  disk = await smallDisk(12 * 2 ** 20);
  url = `sqlite:${join(disk.folder, 'test.db')}`;
  db = await openDatabase(url);
});
afterEach(async () => {
  await db.close().catch(() => undefined);
  await disk.remove();
});

/** Appends to a program until it fails; gives how it did, and how many records there are. */
async function untilFull(): Promise<{ kind: string | undefined; records: number }> {
  for (let seq = 1; ; seq++) {
    const records = [aRecord(seq + 1, { commandId: `c-${seq}`, text: 'x'.repeat(2_000) })];
    const error = await db.register.append(aCommit('p', seq, { commandId: `c-${seq}`, records })).then(
      () => undefined,
      (thrown: unknown) => thrown,
    );
    if (error) return { kind: faultOf(error)?.kind, records: seq };
    if (seq === 5_000) throw new Error('It was never full.');
  }
}

async function expectWhole(records: number): Promise<void> {
  expect(await db.register.records('p')).toHaveLength(records);
  expect(await db.register.verify('p')).toMatchObject({ ok: true, records });
}

describe('SQLite on a full disk', () => {
  test('says so, keeps what it acknowledged, and goes on when there is room', async () => {
    await db.register.append(aCommit('p', 0));
    await disk.fill();
    const { kind, records } = await untilFull();
    expect(kind).toBe('full');
    expect(faultOf(await db.mustTakeWrites().catch((error: unknown) => error))).toMatchObject({ kind: 'full' });
    await expectWhole(records);

    await disk.makeRoom();
    await db.mustTakeWrites();
    await db.register.append(aCommit('p', records));
    await expectWhole(records + 1);
  });

  test('leaves nothing of a commit of which a part did not fit', async () => {
    await db.close();
    const one = knex({
      client: 'sqlite3',
      connection: { filename: url.slice('sqlite:'.length) },
      useNullAsDefault: true,
      pool: { min: 1, max: 1 },
    });
    await refuseStrays(one);
    const write = createGroupCommit(one);
    const zones = createZones();
    const notices = Array.from({ length: 20 }, (_, index) => aNotice(1, { to: `p${index}@example.org` }));
    let failures = 0;
    // SQLite's own bound fails a statement in the midst of a transaction, which SQLite then undoes by itself: the next must not
    // be carried out outside of it. The bound is moved so that each statement is the one that does not fit.
    for (let round = 0; round < 120; round++) {
      const [{ page_count: pages }] = await one.raw('pragma page_count');
      await one.raw(`pragma max_page_count = ${pages + (round % 6)}`);
      const records = [aRecord(1, { commandId: 'c', text: 'x'.repeat(300 * (round % 40)) })];
      const input = aCommit(`p-${round}`, 0, { commandId: 'c', records, notices });
      const done = await write((trx) => appendCommit(trx, input, zones)).then(
        () => true,
        () => false,
      );
      await one.raw('pragma max_page_count = 1000000');
      for (const table of ['records', 'mails', 'record_names']) {
        const left = await one(table).where({ program_id: `p-${round}` });
        if (!done) expect(left, `${table} after a failure in round ${round}`).toEqual([]);
      }
      if (!done) failures++;
    }
    await one.destroy();
    expect(failures).toBeGreaterThan(10);
    db = await openDatabase(url);
  });
});
