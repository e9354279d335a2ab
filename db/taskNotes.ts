import type { Knex } from 'knex';
import type { ProgramRecord } from '../domain/registry.ts';

/** What is noted of a task beside what it holds itself. */
type Noted = 'asked_by' | 'sent_back_by';

/**
 * Notes who asked for tasks and who sent evidence back, in the transaction that writes their rows, which are there already. Most
 * commits have nothing of it.
 */
export async function noteTasks(trx: Knex, programId: string, records: readonly ProgramRecord[]): Promise<void> {
  for (const [column, notes] of notesIn(records)) {
    for (const [who, ids] of byWho(notes))
      await trx('tasks')
        .where({ program_id: programId })
        .whereIn('id', ids)
        .update({ [column]: who });
  }
}

/** The last word of some records on each task. */
function notesIn(records: readonly ProgramRecord[]): Map<Noted, Map<string, string | null>> {
  const asked = new Map<string, string | null>();
  const sentBack = new Map<string, string | null>();
  for (const { type, data, actor } of records) {
    if (type === 'TaskOpened') asked.set(data.task.id, actor);
    else if (type === 'EvidenceRejected') sentBack.set(data.taskId, actor);
    else if (type === 'EvidenceTakenBack') sentBack.set(data.taskId, null);
  }
  return new Map([
    ['asked_by', asked],
    ['sent_back_by', sentBack],
  ]);
}

/** Whether a record is one of which something is noted. */
export function isNoted({ type }: ProgramRecord): boolean {
  return type === 'TaskOpened' || type === 'EvidenceRejected' || type === 'EvidenceTakenBack';
}

function byWho(notes: ReadonlyMap<string, string | null>): Map<string | null, string[]> {
  const groups = new Map<string | null, string[]>();
  for (const [id, who] of notes) groups.set(who, [...(groups.get(who) ?? []), id]);
  return groups;
}
