import type { Instant, IsoDate } from '../basics.ts';
import { endOfDay, type WorkingCalendar, workingDayFrom } from '../calendar.ts';
import type { Task } from './task.ts';

/** What has a due date, which may be the certification body's. */
type WithDueDate = Pick<Task, 'dueOn' | 'bodyDeadline'>;

/**
 * The last day on which it can be done: the due date, or the next working day when that is a day off. A deadline of the
 * body is that day, whatever day of the week it is.
 */
export function lastDayOf({ dueOn, bodyDeadline }: WithDueDate, calendar: WorkingCalendar): IsoDate {
  return bodyDeadline ? dueOn : workingDayFrom(dueOn, calendar);
}

/** The instant at which the last day is over. */
export function overAt(due: WithDueDate, calendar: WorkingCalendar): Instant {
  return endOfDay(lastDayOf(due, calendar), calendar.timeZone);
}
