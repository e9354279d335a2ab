import { endOfDay } from './calendar.ts';
import { isWaiting } from './rules/dependencies.ts';
import type { Instant, Task } from './types/index.ts';

/**
 * The instant from which a task is overdue, as lists and counts show it: its due date has gone by in the program's time
 * zone. Undefined when nobody can be late with it: it was handed in or has ended, or it waits for others.
 */
export function overdueFrom(task: Task, timeZone: string): Instant | undefined {
  if (task.status !== 'open' || isWaiting(task)) return undefined;
  const from = endOfDay(task.dueOn, timeZone);
  // The year 10000, which comes after the last day that can be written, would come before all others as a text.
  return from > task.dueOn ? from : undefined;
}

/** Whether a task is overdue at an instant. */
export function isOverdue(task: Task, timeZone: string, now: Instant): boolean {
  const from = overdueFrom(task, timeZone);
  return from !== undefined && from <= now;
}
