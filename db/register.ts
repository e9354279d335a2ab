import { appendCommit, recordsOfCommand, toRecord } from './append.ts';
import { verifyChain } from './chain.ts';
import type { Connection } from './connection.ts';
import { replaceRows } from './rows.ts';
import type { Register } from './types.ts';

/** The register of an installation's programs. */
export function createRegister({ reader, write, snapshot }: Connection): Register {
  return {
    append: (input) => write((trx) => appendCommit(trx, input)),
    async records(programId, { after = 0, limit } = {}) {
      const query = reader('records').where({ program_id: programId }).where('seq', '>', after).orderBy('seq');
      if (limit !== undefined) query.limit(limit);
      return (await query.select('payload')).map(toRecord);
    },
    command: (programId, commandId) => recordsOfCommand(reader, programId, commandId),
    verify: (programId) => snapshot((trx) => verifyChain(trx, programId)),
    async programIds() {
      // Not from the programs alone: records whose program was removed must be found by a check of all.
      const ids = reader('programs').select('id').union(reader('records').distinct('program_id as id'));
      return (await ids.orderBy('id')).map((row: { id: string }) => row.id);
    },
    replaceRows: (programId, rows) => write((trx) => replaceRows(trx, programId, rows)),
  };
}
