import type { Instant } from '../domain/basics.ts';
import { filesOf } from '../domain/evidence/carried.ts';
import { apply } from '../domain/fold.ts';
import type { ProgramRecord } from '../domain/registry.ts';
import type { ProgramState } from '../domain/state.ts';
import { type Rows, rowsChanged } from '../domain/views.ts';
import { isNoted } from './taskNotes.ts';
import type { Database } from './types.ts';

const batch = 1_000;

/**
 * Makes the read tables of a program anew from its records: the same rows that its commits wrote, also those of tasks,
 * audits and findings that the state no longer carries. What is recorded meanwhile is in them too.
 */
export async function rebuild(
  { register, files }: Pick<Database, 'register' | 'files'>,
  programId: string,
): Promise<{ records: number }> {
  const tasks = new Map<string, Rows['tasks'][number]>();
  const audits = new Map<string, Rows['audits'][number]>();
  const findings = new Map<string, Rows['findings'][number]>();
  const overdueFrom = new Map<string, Instant | undefined>();
  const ofFiles: ProgramRecord[] = [];
  const ofTasks: ProgramRecord[] = [];
  let state: ProgramState | undefined;
  let last: Rows | undefined;
  for (;;) {
    const records = await register.records(programId, { after: state?.seq ?? 0, limit: batch });
    for (const record of records) {
      if (isNoted(record)) ofTasks.push(record);
      if (record.type === 'FileErased' || filesOf(record).length > 0) ofFiles.push(record);
      const before: ProgramState | undefined = state;
      state = apply(before, record);
      last = rowsChanged(before, state, record.at);
      for (const task of last.tasks) {
        tasks.set(task.id, task);
        overdueFrom.set(task.id, last.overdueFrom?.[task.id]);
      }
      for (const audit of last.audits) audits.set(audit.id, audit);
      for (const finding of last.findings) findings.set(finding.id, finding);
    }
    if (records.length === batch) continue;
    if (!state || !last) throw new Error(`The register holds no records of ${programId}.`);
    const rows = {
      program: last.program,
      tasks: [...tasks.values()],
      overdueFrom: Object.fromEntries([...overdueFrom].flatMap(([id, from]) => (from ? [[id, from]] : []))),
      audits: [...audits.values()],
      findings: [...findings.values()],
      people: state.people,
    };
    // Whoever commits meanwhile would have its rows written over with those of before.
    if (!(await register.replaceRows(programId, rows, { noted: ofTasks, through: state.seq }))) continue;
    await files.rebuild(programId, ofFiles, state.seq);
    return { records: state.seq };
  }
}
