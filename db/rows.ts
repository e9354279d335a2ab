import type { Knex } from 'knex';
import type { Audit } from '../domain/audits/audit.ts';
import type { Instant } from '../domain/basics.ts';
import type { Finding } from '../domain/findings/finding.ts';
import type { Person } from '../domain/people/person.ts';
import type { ProgramRecord } from '../domain/registry.ts';
import type { Task } from '../domain/tasks/task.ts';
import type { ProgramSummary, Rows } from '../domain/views.ts';
import { isInstant } from './readable.ts';
import { renewNames } from './recordNames.ts';
import { insert, together } from './statements.ts';
import { noteTasks } from './taskNotes.ts';

/**
 * The read tables keep each thing as it was given (`doc`) beside the columns that lists filter and sort by.
 * Writes rows over those of the same key; the row of the program itself is its caller's.
 */
export async function writeRows(trx: Knex, programId: string, rows: Rows): Promise<void> {
  const tasks = rows.tasks.map((task) => taskRow(programId, task, rows.overdueFrom?.[task.id]));
  const audits = rows.audits.map((audit) => auditRow(programId, audit));
  const findings = rows.findings.map((finding) => findingRow(programId, finding));
  await together(trx, [
    () => insert(trx, 'tasks', tasks, ['program_id', 'id']),
    () => insert(trx, 'audits', audits, ['program_id', 'id']),
    () => insert(trx, 'findings', findings, ['program_id', 'id']),
    () => replacePeople(trx, programId, rows.people),
  ]);
}

async function replacePeople(trx: Knex, programId: string, people: Person[] | undefined): Promise<void> {
  if (!people) return;
  const rows = people.map((person) => personRow(programId, person));
  await trx('people').where({ program_id: programId }).delete();
  await insert(trx, 'people', rows, ['program_id', 'email']);
}

/**
 * Replaces everything the read tables have of a program, and the names of its records. Its head, records and mails stay.
 * Gives whether it did: nothing is replaced where there are records that the rows do not know.
 *
 * @throws Error when the register has no such program.
 */
export async function replaceRows(
  trx: Knex,
  programId: string,
  rows: Rows,
  { noted = [], through }: { noted?: readonly ProgramRecord[]; through?: number },
): Promise<boolean> {
  // Locked, so that nobody commits between the look and the rows.
  const known = await trx('programs').where({ id: programId }).forUpdate().first('clock_at');
  if (!known) throw new Error(`The register has no program ${programId}: append its records first.`);
  const beyond = through !== undefined && trx('records').where({ program_id: programId }).where('seq', '>', through);
  if (beyond && (await beyond.first('seq'))) return false;
  const { clock_at, ...rest } = programRow(rows.program);
  await trx('programs').where({ id: programId }).update(rest);
  for (const table of ['tasks', 'audits', 'findings', 'people'])
    await trx(table).where({ program_id: programId }).delete();
  // The clock of a rehearsal stands where it was advanced to, which no record has to tell.
  if (!isInstant(known.clock_at) || known.clock_at < clock_at)
    await trx('programs').where({ id: programId }).update({ clock_at });
  await writeRows(trx, programId, rows);
  await noteTasks(trx, programId, noted);
  await renewNames(trx, programId);
  return true;
}

/** What a program's own row has beside its id and its head. */
export function programRow(program: ProgramSummary) {
  return {
    rehearsal: program.rehearsal,
    clock_at: program.clockAt,
    phase: program.phase,
    doc: JSON.stringify(program),
  };
}

function taskRow(programId: string, task: Task, overdueFrom: Instant | undefined) {
  return {
    ...keyOf(programId, task.id),
    status: task.status,
    assignee: task.assignee,
    due_on: task.dueOn,
    overdue_at: overdueFrom ?? null,
    submitted_at: task.status === 'submitted' ? task.evidence.at : null,
    submitted_by: task.status === 'submitted' ? task.evidence.by : null,
    doc: JSON.stringify(task),
  };
}

function auditRow(programId: string, audit: Audit) {
  return { ...keyOf(programId, audit.id), doc: JSON.stringify(audit) };
}

function findingRow(programId: string, finding: Finding) {
  return { ...keyOf(programId, finding.id), doc: JSON.stringify(finding) };
}

function personRow(programId: string, person: Person) {
  return { program_id: programId, email: person.email, doc: JSON.stringify(person) };
}

/** Ids are a letter and a number (`T-10`); lists sort by the number, so that `T-10` comes after `T-9`. */
function keyOf(programId: string, id: string) {
  return { program_id: programId, id, number: Number(/\d+$/.exec(id)?.[0] ?? 0) };
}
