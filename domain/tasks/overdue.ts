import type { Instant } from '../basics.ts';
import type { ProgramState } from '../state.ts';
import { overAt } from './due.ts';
import { isWaiting, type Task } from './task.ts';

type Dated = Pick<ProgramState, 'status' | 'calendar'>;

/**
 * The instant from which a task is overdue, as lists and counts show it: the last day on which it could be done has gone
 * by in the program's time zone. Undefined when nobody can be late with it: it was submitted or has ended, it waits for
 * others, or the program is paused and moves its date as it resumes; those of the certification body run on.
 */
export function overdueFrom(task: Task, { calendar, status }: Dated): Instant | undefined {
  if (task.status !== 'open' || isWaiting(task)) return undefined;
  if (status === 'paused' && !task.bodyDeadline) return undefined;
  const from = overAt(task, calendar);
  // The year 10000, which comes after the last day that can be written, would come before all others as a text.
  return from > task.dueOn ? from : undefined;
}

/** Whether a task of a program is overdue at an instant. */
export function isOverdue(task: Task, state: Dated, now: Instant): boolean {
  const from = overdueFrom(task, state);
  return from !== undefined && from <= now;
}
