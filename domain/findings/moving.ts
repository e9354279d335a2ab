import type { Audit, AuditKind } from '../audits/audit.ts';
import type { IsoDate } from '../basics.ts';
import { addDays } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { deadlinesInTime } from '../rules/findings.ts';
import { say } from '../say.ts';
import { TaskExtended } from '../tasks/TaskExtended.ts';
import type { TaskKind } from '../tasks/task.ts';
import { concernDays } from './asks.ts';
import { FindingDatesMoved } from './FindingDatesMoved.ts';
import { type Finding, isUnverified, type UnverifiedFinding } from './finding.ts';

/** The first and the second: from which last day of an audit to which. */
interface Moved {
  from: IsoDate;
  to: IsoDate;
}

/**
 * R7 counts from the last day of an audit: when that is moved, later or earlier, so are the days of its findings that count
 * from it, and the tasks that are due on them. A day that a finding was given of its own stays.
 */
export function moveFindingDates(draft: Draft, { id: auditId, kind }: Pick<Audit, 'id' | 'kind'>, ends: Moved): void {
  if (ends.from === ends.to) return;
  for (const finding of Object.values(draft.state.findings).filter((one) => one.auditId === auditId)) {
    if (finding.grade === 'concern') moveTask(draft, finding, 'concern', days(ends, concernDays));
    if (isUnverified(finding)) moveDeadlines(draft, finding, kind, ends);
  }
}

function moveDeadlines(draft: Draft, finding: UnverifiedFinding, kind: AuditKind, { from, to }: Moved): void {
  const { id: findingId, grade, planDueOn, verifyDueOn } = finding;
  const was = deadlinesInTime(draft.state, { kind, endsOn: from }, grade, from, draft.today);
  const is = deadlinesInTime(draft.state, { kind, endsOn: to }, grade, to, draft.today);
  const plan = planDueOn === was.planDueOn ? { planDueOn: is.planDueOn } : {};
  const verification = is.verifyDueOn && verifyDueOn === was.verifyDueOn ? { verifyDueOn: is.verifyDueOn } : {};
  if (!plan.planDueOn && !verification.verifyDueOn) return;
  draft.emit(FindingDatesMoved, { findingId, endsOn: to, ...plan, ...verification });
  if (plan.planDueOn) moveTask(draft, finding, 'correctiveActionPlan', { from: was.planDueOn, to: is.planDueOn });
  if (verification.verifyDueOn && was.verifyDueOn)
    moveTask(draft, finding, 'verification', { from: was.verifyDueOn, to: verification.verifyDueOn });
}

/** Moves the open task of a finding that is due on the day that moved. */
function moveTask(draft: Draft, { id: findingId, auditId }: Finding, kind: TaskKind, { from, to }: Moved): void {
  for (const { id: taskId, status, dueOn } of draft.openTasksOf(kind, { findingId })) {
    if (status !== 'open' || dueOn !== from) continue;
    const audit = draft.audit(auditId);
    const reason = draft.words(say('lastDayMoved', { auditId, kind: audit.kind }));
    draft.emit(TaskExtended, { taskId, dueOn: to, previousDueOn: from, reason });
  }
}

function days({ from, to }: Moved, count: number): Moved {
  return { from: addDays(from, count), to: addDays(to, count) };
}
