import type { PlannedAudit } from '../../domain/audits/audit.ts';
import type { Email } from '../../domain/basics.ts';
import type { AppendInput } from '../../domain/commit.ts';
import type { OpenFinding, VerifiedFinding } from '../../domain/findings/finding.ts';
import type { Notice } from '../../domain/notices.ts';
import type { Person } from '../../domain/people/person.ts';
import type { ProgramRecord } from '../../domain/registry.ts';
import type { Task, TaskStatus } from '../../domain/tasks/task.ts';
import { overdueOf, type ProgramSummary, type Rows } from '../../domain/views.ts';

/** Small valid things, each with one field or two that a test cares about. */

export function aRecord(seq: number, overrides: { commandId?: string; text?: string } = {}): ProgramRecord {
  return {
    seq,
    at: '2026-03-02T09:00:00.000Z',
    actor: 'pat@example.org',
    commandId: overrides.commandId ?? `command-${seq}`,
    item: 0,
    type: 'WarningNoted',
    data: { code: 'W1', text: overrides.text ?? `warning ${seq}` },
  };
}

export function aProgram(id: string, overrides: Partial<ProgramSummary> = {}): ProgramSummary {
  return {
    id,
    name: `Program ${id}`,
    organization: 'Example Ltd',
    standardId: 'iso-42001-2023',
    phase: 'implementation',
    status: 'active',
    certificateStatus: 'none',
    rehearsal: false,
    clockAt: '2026-03-02T09:00:00.000Z',
    atRisk: false,
    timeZone: 'America/New_York',
    nextDue: { at: '2026-03-09T17:00:00.000Z', title: 'Hand in the policy' },
    readiness: 40,
    seq: 1,
    ...overrides,
  };
}

/** An open task, or one of another status with what such a task has. */
export function aTask(number: number, overrides: Partial<Task> = {}): Task {
  const { status = 'open' } = overrides;
  const task = {
    id: `T-${number}`,
    kind: 'manual',
    title: `Task ${number}`,
    priority: 'medium',
    assignee: 'olu@example.org',
    openedOn: '2026-03-02',
    dueOn: '2026-03-31',
    bodyDeadline: false,
    status,
    nextRung: 0,
    escalationLevel: 0,
    ...ofStatus[status],
    ...overrides,
  };
  // The compiler cannot follow that the fields are those of the status.
  return task as Task;
}

export function anAudit(number: number, overrides: Partial<PlannedAudit> = {}): PlannedAudit {
  return {
    id: `A-${number}`,
    kind: 'internal',
    cycle: 0,
    targetOn: '2026-06-01',
    team: [],
    status: 'planned',
    prepared: 0,
    ...overrides,
  };
}

export function aFinding(number: number, overrides: Partial<OpenFinding> = {}): OpenFinding {
  return {
    id: `F-${number}`,
    auditId: 'A-1',
    requirementId: '6.1.2',
    grade: 'minor',
    statement: `Finding ${number}`,
    raisedOn: '2026-06-02',
    raisedBy: 'ira@example.org',
    status: 'open',
    missed: [],
    reopened: 0,
    ...overrides,
  };
}

export function aClosedFinding(number: number): VerifiedFinding {
  return { ...aFinding(number), status: 'closed', closedOn: '2026-09-01' };
}

export function aPerson(email: Email, roles: Person['roles'] = ['owner']): Person {
  return { email, name: email.split('@')[0]!, roles };
}

export function aNotice(seq: number, overrides: Partial<Notice> = {}): Notice {
  return {
    to: 'olu@example.org',
    urgent: false,
    dueAt: '2026-03-03T08:00:00.000Z',
    seq,
    item: { kind: 'progress', month: '2026-03', readiness: 40, open: 3, overdue: 1 },
    ...overrides,
  };
}

/** A commit of one record (or of `records`) after `expectedSeq`. */
export function aCommit(
  programId: string,
  expectedSeq: number,
  overrides: Partial<Omit<AppendInput, 'rows'>> & { rows?: Partial<Rows> } = {},
): AppendInput {
  const commandId = overrides.commandId ?? `command-${expectedSeq + 1}`;
  const records = overrides.records ?? [aRecord(expectedSeq + 1, { commandId })];
  const program = overrides.rows?.program ?? aProgram(programId, { seq: expectedSeq + records.length });
  const { status, timeZone } = program;
  return {
    programId,
    expectedSeq,
    notices: [],
    ...overrides,
    commandId,
    records,
    rows: {
      program,
      tasks: [],
      overdueFrom: overdueOf(overrides.rows?.tasks ?? [], { status, calendar: { timeZone, holidays: [] } }),
      audits: [],
      findings: [],
      ...overrides.rows,
    },
  };
}

/** What a task has besides, by its status. */
const ofStatus: Record<TaskStatus, Partial<Task>> = {
  open: {},
  submitted: {
    evidence: {
      links: ['https://docs.example.org/policy'],
      note: '',
      by: 'olu@example.org',
      at: '2026-03-20T09:00:00.000Z',
    },
  },
  accepted: { closedOn: '2026-03-20' },
  waived: { closedOn: '2026-03-20' },
  cancelled: { closedOn: '2026-03-20' },
};
