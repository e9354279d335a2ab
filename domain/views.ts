import { firstMoment } from './agenda/index.ts';
import { percentReady } from './assessment/readiness.ts';
import { type Audit, auditOn, isComing } from './audits/audit.ts';
import type { Instant, IsoDate, Phase, ProgramStatus } from './basics.ts';
import { dueMoment, endOfDay, morningOf, type WorkingCalendar } from './calendar.ts';
import type { CertificateStatus } from './certificate/certificate.ts';
import type { Finding } from './findings/finding.ts';
import type { Person } from './people/person.ts';
import { isAtRisk, isEnded } from './program/queries.ts';
import { say, type Text } from './say.ts';
import type { ProgramState } from './state.ts';
import { overdueFrom } from './tasks/overdue.ts';
import { openTasks } from './tasks/queries.ts';
import { isUnended, isWaiting, type Task, type UnendedTask } from './tasks/task.ts';

/** A program in lists, as the register's read table keeps it. */
export interface ProgramSummary {
  id: string;
  name: string;
  organization: string;
  standardId: string;
  phase: Phase;
  status: ProgramStatus;
  certificateStatus: CertificateStatus;
  /** The last day on which its certificate is or was valid; absent without one. */
  certificateLastDay?: IsoDate;
  rehearsal: boolean;
  timeZone: string;
  /** The program's clock when the last record was written. */
  clockAt: Instant;
  atRisk: boolean;
  nextDue: { at: Instant; title: Text } | null;
  /** When the program has to act by itself next; absent when it never has to, and in rows that earlier versions wrote. */
  nextMomentAt?: Instant;
  /** Percent of the applicable requirements that are met with evidence, 0 to 100. */
  readiness: number;
  seq: number;
}

/** The rows of the read tables that a commit changed: each is written over the one of the same key. */
export interface Rows {
  program: ProgramSummary;
  tasks: Task[];
  /** From when each of these tasks is overdue, by its id; those with which nobody can be late are not among them. */
  overdueFrom?: Record<string, Instant>;
  audits: Audit[];
  findings: Finding[];
  people?: Person[];
}

/** A program as lists show it. */
export function summary(state: ProgramState, now: Instant): ProgramSummary {
  const nextMomentAt = firstMoment(state)?.at;
  return {
    id: state.id,
    name: state.name,
    organization: state.organization,
    standardId: state.standard.id,
    phase: state.phase,
    status: state.status,
    certificateStatus: state.certificate?.status ?? 'none',
    ...(state.certificate && { certificateLastDay: state.certificate.lastDay }),
    rehearsal: state.rehearsal,
    timeZone: state.calendar.timeZone,
    clockAt: now,
    atRisk: isAtRisk(state),
    nextDue: nextDue(state),
    ...(nextMomentAt && { nextMomentAt }),
    readiness: percentReady(state),
    seq: state.seq,
  };
}

/** What the next day to keep may be about; the days of the program itself are everybody's. */
export interface Counting {
  task(taskId: string): boolean;
  audit(auditId: string): boolean;
}

/**
 * The earliest day that somebody has to keep: a task's due moment, an audit, the end of the certificate. What waits for
 * another task is nobody's to keep yet. With `counts`, the earliest of those days that count.
 */
export function nextDue(state: ProgramState, counts?: Counting): ProgramSummary['nextDue'] {
  if (isEnded(state)) return null;
  const { calendar, certificate } = state;
  const candidates: NonNullable<ProgramSummary['nextDue']>[] = openTasks(state)
    .filter((task) => !isWaiting(task) && (counts?.task(task.id) ?? true))
    .map((task) => ({ at: taskDueAt(task, calendar), title: task.title }));
  const audits = Object.values(state.audits).filter((audit) => counts?.audit(audit.id) ?? true);
  for (const audit of audits.filter(isComing)) {
    const title = say('nextAudit', { kind: audit.kind, auditId: audit.id });
    candidates.push({ at: morningOf(auditOn(audit), calendar.timeZone), title });
  }
  if (certificate?.status === 'valid') {
    const title = say('nextExpiry', { number: certificate.number });
    candidates.push({ at: endOfDay(certificate.lastDay, calendar.timeZone), title });
  }
  if (state.status === 'planned') {
    candidates.push({ at: morningOf(state.plan.startsOn, calendar.timeZone), title: say('nextBeginning', {}) });
  }
  return candidates.reduce<ProgramSummary['nextDue']>(
    (first, next) => (first && first.at <= next.at ? first : next),
    null,
  );
}

/** The rows that changed from one state to another; states share what did not change, so identity tells. */
export function rowsChanged(before: ProgramState | undefined, after: ProgramState, now: Instant): Rows {
  const tasks = tasksChanged(before, after);
  return {
    program: summary(after, now),
    tasks,
    overdueFrom: overdueOf(tasks, after),
    audits: changed(before?.audits, after.audits),
    findings: changed(before?.findings, after.findings),
    ...(after.people !== before?.people ? { people: after.people } : {}),
  };
}

/** From when each of some tasks is overdue, by its id. */
export function overdueOf(tasks: Task[], state: Pick<ProgramState, 'status' | 'calendar'>): Record<string, Instant> {
  return Object.fromEntries(
    tasks.flatMap((task) => {
      const from = overdueFrom(task, state);
      return from === undefined ? [] : [[task.id, from]];
    }),
  );
}

/** With another calendar, what is open is counted again. */
function tasksChanged(before: ProgramState | undefined, after: ProgramState): Task[] {
  if (!before || before.calendar === after.calendar) return changed(before?.tasks, after.tasks);
  return Object.values(after.tasks).filter((task) => isUnended(task) || before.tasks[task.id] !== task);
}

function changed<T extends { id: string }>(before: Record<string, T> | undefined, after: Record<string, T>): T[] {
  return Object.values(after).filter((entry) => before?.[entry.id] !== entry);
}

const taskDues = new WeakMap<UnendedTask, { calendar: WorkingCalendar; at: Instant }>();

function taskDueAt(task: UnendedTask, calendar: WorkingCalendar): Instant {
  const known = taskDues.get(task);
  if (known?.calendar === calendar) return known.at;
  const at = dueMoment(task.dueOn, calendar);
  taskDues.set(task, { calendar, at });
  return at;
}
