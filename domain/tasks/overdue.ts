import type { Instant, ProgramStatus } from '../basics.ts';
import { endOfDay } from '../calendar.ts';
import type { ProgramState } from '../state.ts';
import { isWaiting, type Task } from './task.ts';

/**
 * The instant from which a task is overdue, as lists and counts show it: its due date has gone by in the program's time
 * zone. Undefined when nobody can be late with it: it was submitted or has ended, it waits for others, or the program is
 * paused and moves its date as it resumes; those of the certification body run on.
 */
export function overdueFrom(
  task: Task,
  { timeZone, status }: { timeZone: string; status: ProgramStatus },
): Instant | undefined {
  if (task.status !== 'open' || isWaiting(task)) return undefined;
  if (status === 'paused' && !task.bodyDeadline) return undefined;
  const from = endOfDay(task.dueOn, timeZone);
  // The year 10000, which comes after the last day that can be written, would come before all others as a text.
  return from > task.dueOn ? from : undefined;
}

/** Whether a task of a program is overdue at an instant. */
export function isOverdue(task: Task, state: Pick<ProgramState, 'status' | 'calendar'>, now: Instant): boolean {
  const from = overdueFrom(task, { timeZone: state.calendar.timeZone, status: state.status });
  return from !== undefined && from <= now;
}
