import type { AppendInput } from '../../domain/commit.ts';
import type { Audit, Finding, Notice, Person, ProgramRecord, ProgramSummary, Task } from '../../domain/types/index.ts';
import type { Rows } from '../../domain/views.ts';

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

export function aTask(number: number, overrides: Partial<Task> = {}): Task {
  return {
    id: `T-${number}`,
    kind: 'manual',
    title: `Task ${number}`,
    priority: 'medium',
    assignee: 'olu@example.org',
    openedOn: '2026-03-02',
    dueOn: '2026-03-31',
    bodyDeadline: false,
    status: 'open',
    nextRung: 0,
    escalationLevel: 0,
    ...overrides,
  };
}

export function anAudit(number: number, overrides: Partial<Audit> = {}): Audit {
  return {
    id: `A-${number}`,
    kind: 'internal',
    cycle: 0,
    targetOn: '2026-06-01',
    team: ['ira@example.org'],
    status: 'planned',
    prepared: 0,
    ...overrides,
  };
}

export function aFinding(number: number, overrides: Partial<Finding> = {}): Finding {
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

export function aPerson(email: string, roles: Person['roles'] = ['owner']): Person {
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
  return {
    programId,
    expectedSeq,
    notices: [],
    ...overrides,
    commandId,
    records,
    rows: {
      program: aProgram(programId, { seq: expectedSeq + records.length }),
      tasks: [],
      audits: [],
      findings: [],
      ...overrides.rows,
    },
  };
}
