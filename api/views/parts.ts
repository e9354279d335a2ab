import type { Audit, HeldAudit } from '../../domain/audits/audit.ts';
import type { SubmittedTask, Task } from '../../domain/tasks/task.ts';
import type { Sight } from '../../identity/reading/sight.ts';

/** What somebody sees of a thing: some of its fields are not there when they are not theirs to read. */
type Without<T, Whole, Fields extends keyof Whole> = T extends Whole
  ? Omit<T, Fields> & Partial<Pick<Whole, Fields>>
  : T;

/** Whether a task is somebody's with all that is in it: they have it, and submitted what there is. */
export function isWhollyOf(task: Task, email: string): boolean {
  return task.assignee === email && (task.status !== 'submitted' || task.evidence.by === email);
}

/** A task as somebody sees it: without what was submitted when that is not theirs to read. */
export function taskView<T extends Task>(task: T, sight: Sight): Without<T, SubmittedTask, 'evidence'> {
  const seen: Partial<SubmittedTask> = { ...(task as Partial<SubmittedTask>) };
  if (!sight.evidence(task.id)) delete seen.evidence;
  return seen as Without<T, SubmittedTask, 'evidence'>;
}

/** An audit as somebody sees it: its dates and its team, and what it came to where that is theirs to read. */
export function auditView(audit: Audit, sight: Sight): Without<Audit, HeldAudit, 'result'> {
  if (audit.status !== 'held' || sight.auditResult(audit.id)) return audit;
  const { result: _, covered: __, decision: ___, outdated: ____, ...rest } = audit;
  return rest;
}
