import { auditName } from './auditNames.ts';
import { dueMoment, endOfDay, morningOf } from './calendar.ts';
import { auditOn, isAtRiskProgram, isEnded, openTasks } from './progress.ts';
import { percentReady } from './readiness.ts';
import { isWaiting } from './rules/dependencies.ts';
import type {
  Audit,
  CalendarState,
  Certificate,
  Finding,
  Instant,
  Person,
  ProgramState,
  ProgramSummary,
  Task,
} from './types/index.ts';

/** The rows of the read tables that a commit changed: each is written over the one of the same key. */
export interface Rows {
  program: ProgramSummary;
  tasks: Task[];
  audits: Audit[];
  findings: Finding[];
  certificate?: Certificate;
  people?: Person[];
}

/** A program as lists show it. */
export function summary(state: ProgramState, now: Instant): ProgramSummary {
  return {
    id: state.id,
    name: state.name,
    organization: state.organization,
    standardId: state.standard.id,
    phase: state.phase,
    status: state.status,
    certificateStatus: state.certificate?.status ?? 'none',
    rehearsal: state.rehearsal,
    timeZone: state.calendar.timeZone,
    clockAt: now,
    atRisk: isAtRiskProgram(state),
    nextDue: nextDue(state),
    readiness: percentReady(state),
    seq: state.seq,
  };
}

/**
 * The earliest day that somebody has to keep: a task's due moment, an audit, the end of the certificate. What waits for
 * another task is nobody's to keep yet.
 */
export function nextDue(state: ProgramState): ProgramSummary['nextDue'] {
  if (isEnded(state)) return null;
  const { calendar, certificate } = state;
  const begun = openTasks(state).filter((task) => !isWaiting(task));
  const candidates = begun.map((task) => ({ at: taskDueAt(task, calendar), title: task.title }));
  for (const audit of Object.values(state.audits)) {
    if (audit.status === 'planned' || audit.status === 'scheduled') {
      candidates.push({
        at: morningOf(auditOn(audit), calendar.timeZone),
        title: `${auditName(audit.kind)} ${audit.id}`,
      });
    }
  }
  if (certificate?.status === 'valid') {
    candidates.push({
      at: endOfDay(certificate.lastDay, calendar.timeZone),
      title: `certificate ${certificate.number} expires`,
    });
  }
  if (state.status === 'planned') {
    candidates.push({ at: morningOf(state.plan.startsOn, calendar.timeZone), title: 'the program begins' });
  }
  return candidates.reduce<ProgramSummary['nextDue']>(
    (first, next) => (first && first.at <= next.at ? first : next),
    null,
  );
}

/** The rows that changed from one state to another; states share what did not change, so identity tells. */
export function rowsChanged(before: ProgramState | undefined, after: ProgramState, now: Instant): Rows {
  const changed = <K extends 'tasks' | 'audits' | 'findings'>(part: K) =>
    Object.values(after[part] as Record<string, ProgramState[K][string]>).filter(
      (entry) => before?.[part][entry.id] !== entry,
    );
  return {
    program: summary(after, now),
    tasks: changed('tasks') as Task[],
    audits: changed('audits') as Audit[],
    findings: changed('findings') as Finding[],
    ...(after.certificate && after.certificate !== before?.certificate ? { certificate: after.certificate } : {}),
    ...(after.people !== before?.people ? { people: after.people } : {}),
  };
}

const taskDues = new WeakMap<Task, { calendar: CalendarState; at: Instant }>();

function taskDueAt(task: Task, calendar: CalendarState): Instant {
  const known = taskDues.get(task);
  if (known?.calendar === calendar) return known.at;
  const at = dueMoment(task.dueOn, calendar);
  taskDues.set(task, { calendar, at });
  return at;
}
