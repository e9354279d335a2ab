import { LRUCache } from 'lru-cache';
import { appendCommit, recordsOfCommand, toRecord } from './append.ts';
import { verifyChain } from './chain.ts';
import type { Connection } from './connection.ts';
import type { Head } from './hashes.ts';
import { replaceRows } from './rows.ts';
import type { Register } from './types.ts';
import type { Zones } from './zones.ts';

/** Of how many programs it is remembered where their chains end. */
const mostHeads = 5_000;

/** The register of an installation's programs. */
export function createRegister({ reader, write, snapshot }: Connection, zones: Zones): Register {
  const heads = new LRUCache<string, Head>({ max: mostHeads });
  return {
    async append(input) {
      const { programId } = input;
      const { result, head } = await write((trx) => appendCommit(trx, input, zones, heads.get(programId)));
      // Only what is on disk by now.
      if (head) heads.set(programId, head);
      return result;
    },
    async records(programId, { after = 0, limit } = {}) {
      const query = reader('records').where({ program_id: programId }).where('seq', '>', after).orderBy('seq');
      if (limit !== undefined) query.limit(limit);
      return (await query.select('payload')).map(toRecord);
    },
    async naming(programId, names, { after = 0, through, limit, latest = false } = {}) {
      const query = reader('records').where({ program_id: programId });
      if (after > 0) query.where('seq', '>', after);
      if (through !== undefined) query.where('seq', '<=', through);
      for (const some of names)
        query.whereIn(
          'seq',
          reader('record_names').where({ program_id: programId }).whereIn('name', some).select('seq'),
        );
      query.orderBy('seq', latest ? 'desc' : 'asc');
      if (limit !== undefined) query.limit(limit);
      const records = (await query.select('payload')).map(toRecord);
      return latest ? records.reverse() : records;
    },
    async hashOf(programId, seq) {
      const row = await reader('records').where({ program_id: programId, seq }).first('hash');
      return row?.hash;
    },
    command: (programId, commandId) => recordsOfCommand(reader, programId, commandId),
    verify: (programId) => snapshot((trx) => verifyChain(trx, programId)),
    async programIds() {
      // Not from the programs alone: records whose program was removed must be found by a check of all.
      const ids = reader('programs').select('id').union(reader('records').distinct('program_id as id'));
      return (await ids.orderBy('id')).map((row: { id: string }) => row.id);
    },
    replaceRows: (programId, rows, upTo = {}) => write((trx) => replaceRows(trx, programId, rows, upTo)),
  };
}
