import knex, { type Knex } from 'knex';
import type { Database } from 'sqlite3';
import { genesisHash, hashOf } from '../../db/hashes.ts';

/**
 * Writes the records of a program anew in a SQLite register, with a chain that is whole: what a defect, or somebody who knows
 * how, would leave.
 */
export async function rewriteChain(
  databaseUrl: string,
  programId: string,
  change: (payload: string, seq: number) => string,
): Promise<void> {
  await onTables(databaseUrl, async (tables) => {
    let hash = genesisHash;
    let head = 0;
    for (const { seq, payload } of await tables('records').where({ program_id: programId }).orderBy('seq')) {
      const changed = change(payload, seq);
      hash = hashOf(hash, changed);
      head = seq;
      await tables('records').where({ program_id: programId, seq }).update({ payload: changed, hash });
    }
    await tables('programs').where({ id: programId }).update({ head_seq: head, head_hash: hash });
  });
}

/** Connections to a SQLite file that wait for who else writes, longer than a second as they do by themselves. */
export const patient: Knex.PoolConfig = {
  afterCreate(connection: Database, done: (error: Error | null) => void) {
    connection.configure('busyTimeout', 30_000);
    done(null);
  },
};

/** Does something with the tables of a SQLite register, past all that guards them. */
export async function onTables(databaseUrl: string, work: (tables: Knex) => Promise<unknown>): Promise<void> {
  const connection = { filename: databaseUrl.replace('sqlite:', '') };
  const tables = knex({ client: 'sqlite3', connection, useNullAsDefault: true, pool: patient });
  try {
    await work(tables);
  } finally {
    await tables.destroy();
  }
}
