import { isExternal } from '../audits/audit.ts';
import type { Email } from '../basics.ts';
import type { Draft } from '../draft.ts';
import type { ProgramState } from '../state.ts';
import { TaskReassigned } from '../tasks/TaskReassigned.ts';
import type { Task } from '../tasks/task.ts';
import { holders, isOfBody, manager, nameOf, person } from './people.ts';

/**
 * Hands the open tasks of people who left to the program manager, with a warning that says how many came from whom:
 * nobody chose them one by one. `names` are those of the people as they were before.
 */
export function handToManager(draft: Draft, left: readonly Email[], names: Pick<ProgramState, 'people'>): void {
  const to = manager(draft.state);
  for (const from of new Set(left)) {
    const tasks = draft.openTasksOf(undefined, {}).filter(({ assignee }) => assignee === from);
    if (tasks.length === 0) continue;
    const name = nameOf(names, from);
    const reason = draft.say('assigneeLeft', { name });
    for (const { id: taskId } of tasks) draft.emit(TaskReassigned, { taskId, from, to, reason });
    draft.warn('people', 'tasksHandedOver', { tasks: tasks.length, name, toName: nameOf(draft.state, to), to });
  }
}

/** Hands to a lead auditor, or to who decides, what waits for the body with somebody who is not of it, as after a transfer. */
export function handToBody(draft: Draft): void {
  for (const kind of ['planReview', 'verification', 'effectivenessCheck', 'decision'] as const) {
    const [to] = holders(draft.state, kind === 'decision' ? 'decisionMaker' : 'leadAuditor');
    for (const task of draft.openTasksOf(kind, {})) {
      const assignee = person(draft.state, task.assignee);
      if (!to || !isForBody(draft.state, task) || (assignee && isOfBody(assignee))) continue;
      draft.emit(TaskReassigned, { taskId: task.id, from: task.assignee, to, reason: draft.say('isForBody', {}) });
    }
  }
}

/** Whether a decision or a judgment on a finding is the body's to give. */
function isForBody({ audits, findings }: ProgramState, { auditId, findingId }: Task): boolean {
  const audit = audits[auditId ?? findings[findingId ?? '']?.auditId ?? ''];
  return audit !== undefined && isExternal(audit.kind);
}
