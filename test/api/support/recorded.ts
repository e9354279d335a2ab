import type { Database } from '../../../db/types.ts';
import { apply } from '../../../domain/fold.ts';
import type { ProgramRecord } from '../../../domain/registry.ts';
import type { ProgramState } from '../../../domain/state.ts';
import { rowsChanged } from '../../../domain/views.ts';
import type { Driver } from '../../domain/support.ts';

/** Writes what a driver played into the register, command by command, as a program of an id. */
export async function record(database: Database, { records, notices, now }: Driver, programId: string): Promise<void> {
  let state: ProgramState | undefined;
  for (const commit of commits(records.map((one) => renamed(one, programId)))) {
    const before = state;
    for (const one of commit) state = apply(state, one);
    const { seq, at, commandId } = commit[0]!;
    const seqs = new Set(commit.map((one) => one.seq));
    await database.register.append({
      programId,
      expectedSeq: seq - 1,
      commandId,
      records: commit,
      rows: rowsChanged(before, state!, at),
      notices: notices.filter((notice) => seqs.has(notice.seq)),
    });
  }
  await database.read.setClock(programId, now);
}

/** Records that were decided at one moment, as one commit: what they come to is the same. */
function commits(records: ProgramRecord[]): ProgramRecord[][] {
  const found: ProgramRecord[][] = [];
  for (const one of records) {
    const last = found.at(-1);
    if (last?.[0]?.at === one.at) last.push({ ...one, commandId: last[0].commandId });
    else found.push([one]);
  }
  return found;
}

function renamed(record: ProgramRecord, id: string): ProgramRecord {
  if (record.type !== 'ProgramStarted') return record;
  const { data } = record;
  return { ...record, data: { ...data, definition: { ...data.definition, id, rehearsal: true } } };
}
