import canonicalize from 'canonicalize';
import type { Knex } from 'knex';
import type { Connection } from './connection.ts';
import { decodeKey, encodeKey, type Order } from './cursor.ts';
import { breakBetween, genesisHash, type Head, hashOf, type StoredRecord } from './hashes.ts';
import type { By, InstallationEvent, InstallationRecord } from './installationEvents.ts';
import { foldInto, noRows, rowsDiffer } from './installationRows.ts';
import type { Page, PageRequest } from './page.ts';

export type * from './installationEvents.ts';

/** By whoever runs commands where the database is at hand. */
export const atMachine: By = { through: 'machine' };

/** Whether the chain is whole; where it breaks first when it is not. */
export interface InstallationVerified {
  ok: boolean;
  records: number;
  reason?: string;
}

/** The installation's own register: append-only, each record tied to the one before. */
export interface InstallationRegister {
  /** The latest first. */
  records(page: PageRequest): Promise<Page<InstallationRecord>>;
  /** Where the chain ends. */
  head(): Promise<Head>;
  verify(): Promise<InstallationVerified>;
  /** A line for each row of tokens, accounts and passkeys that is not as the records give it. */
  differences(): Promise<string[]>;
}

const order: Order = { columns: { seq: 'number' }, descending: true };

/** Reads the installation's register; `recordEvent` writes it, in the transaction of what it tells of. */
export function createInstallationRegister({ reader, snapshot }: Connection): InstallationRegister {
  return {
    async records({ limit, cursor }) {
      const query = reader('installation_records')
        .orderBy('seq', 'desc')
        .limit(limit + 1);
      if (cursor !== undefined) query.where('seq', '<', decodeKey(cursor, order)[0]!);
      const rows: StoredRecord[] = await query.select('seq', 'payload');
      const items = rows.slice(0, limit).map(({ payload }): InstallationRecord => JSON.parse(payload));
      return { items, nextCursor: rows.length > limit ? encodeKey([items.at(-1)!.seq]) : null };
    },
    head: () => headOf(reader),
    verify: () => snapshot(verify),
    differences: () =>
      snapshot(async (trx) => {
        const rows = noRows();
        for await (const { payload } of stored(trx)) foldInto(rows, JSON.parse(payload));
        return rowsDiffer(trx, rows);
      }),
  };
}

/** Records something of the installation; in the transaction that does it, so that there is neither without the other. */
export async function recordEvent(trx: Knex, by: By, event: InstallationEvent, at = new Date()): Promise<void> {
  // Locked: of two that record at once the other waits, and goes on from there.
  const { seq: before, hash: previous } = await headOf(trx, (query) => query.forUpdate());
  const record = { ...event, ...by, seq: before + 1, at: at.toISOString() };
  const payload = canonicalize(record)!;
  const head: Head = { seq: record.seq, hash: hashOf(previous, payload) };
  await trx('installation_records').insert({ ...head, payload });
  await trx('installation_head').where({ id: 1 }).update(head);
}

async function headOf(db: Knex, as = (query: Knex.QueryBuilder) => query): Promise<Head> {
  return as(db('installation_head').where({ id: 1 }).first('seq', 'hash'));
}

const portion = 500;

/** All records in their order, read by and by. */
async function* stored(trx: Knex): AsyncGenerator<StoredRecord> {
  for (let after = 0; ; ) {
    const rows: StoredRecord[] = await trx('installation_records')
      .where('seq', '>', after)
      .orderBy('seq')
      .limit(portion)
      .select('seq', 'payload', 'hash');
    yield* rows;
    if (rows.length < portion) return;
    after = rows.at(-1)!.seq;
  }
}

async function verify(trx: Knex): Promise<InstallationVerified> {
  let last: Head = { seq: 0, hash: genesisHash };
  for await (const row of stored(trx)) {
    const reason = breakBetween(last, row);
    if (reason) return { ok: false, records: last.seq, reason };
    last = row;
  }
  const head: Head | undefined = await headOf(trx);
  if (head?.seq === last.seq && head.hash === last.hash) return { ok: true, records: last.seq };
  const reason = head
    ? `it ends with record ${head.seq}, and there are records up to ${last.seq}: some were removed, added or changed`
    : 'where it ends was removed';
  return { ok: false, records: last.seq, reason };
}
