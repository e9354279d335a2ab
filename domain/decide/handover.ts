import { manager, nameOf } from '../people.ts';
import type { Email } from '../types/index.ts';
import type { Draft } from './draft.ts';

/**
 * Hands the open tasks of people who left to the program manager, with a warning that says how many came from whom:
 * nobody chose them one by one. `names` are those of the people as they were before.
 */
export function handToManager(draft: Draft, left: readonly Email[], names: Parameters<typeof nameOf>[0]): void {
  const to = manager(draft.state);
  for (const from of new Set(left)) {
    const tasks = draft.openTasksOf(undefined, {}).filter(({ assignee }) => assignee === from);
    if (tasks.length === 0) continue;
    const reason = `${nameOf(names, from)}, who had it, left.`;
    for (const { id } of tasks) draft.emit({ type: 'TaskReassigned', data: { taskId: id, from, to, reason } });
    const many = tasks.length === 1 ? '1 open task' : `${tasks.length} open tasks`;
    const text = `${many} of ${nameOf(names, from)} went to ${nameOf(draft.state, to)} (${to}); reassign what others should do.`;
    draft.emit({ type: 'WarningNoted', data: { code: 'people', text } });
  }
}
