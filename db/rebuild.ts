import { apply } from '../domain/fold.ts';
import type { ProgramState } from '../domain/state.ts';
import { type Rows, rowsChanged } from '../domain/views.ts';
import type { Database } from './types.ts';

const batch = 1_000;

/**
 * Makes the read tables of a program anew from its records: the same rows that its commits wrote, also those of tasks,
 * audits and findings that the state no longer carries.
 */
export async function rebuild(
  { register }: Pick<Database, 'register'>,
  programId: string,
): Promise<{ records: number }> {
  const tasks = new Map<string, Rows['tasks'][number]>();
  const audits = new Map<string, Rows['audits'][number]>();
  const findings = new Map<string, Rows['findings'][number]>();
  let state: ProgramState | undefined;
  let last: Rows | undefined;
  for (;;) {
    const records = await register.records(programId, { after: state?.seq ?? 0, limit: batch });
    for (const record of records) {
      const before: ProgramState | undefined = state;
      state = apply(before, record);
      last = rowsChanged(before, state, record.at);
      for (const task of last.tasks) tasks.set(task.id, task);
      for (const audit of last.audits) audits.set(audit.id, audit);
      for (const finding of last.findings) findings.set(finding.id, finding);
    }
    if (records.length < batch) break;
  }
  if (!state || !last) throw new Error(`The register holds no records of ${programId}.`);
  await register.replaceRows(programId, {
    program: last.program,
    tasks: [...tasks.values()],
    audits: [...audits.values()],
    findings: [...findings.values()],
    people: state.people,
  });
  return { records: state.seq };
}
