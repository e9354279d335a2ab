import type { Email, Instant, IsoDate } from '../basics.ts';
import {
  addDays,
  addMonths,
  addWorkingDays,
  dateAt,
  daysBetween,
  dueMoment,
  morningOf,
  type WorkingCalendar,
  workingDayFrom,
  workingDaysBetween,
  workingDayUntil,
} from '../calendar.ts';
import { reach } from '../people/people.ts';
import type { ProgramState } from '../state.ts';
import type { LadderSpec } from './ladderSpec.ts';
import type { Task } from './task.ts';

/**
 * The default escalation ladder: three reminders, due, manager, sponsor, top management; four times weekly, three times
 * monthly, and in the end a proposal to pause or cancel the program.
 */
export const defaultLadder: LadderSpec = {
  reminderDays: [14, 7, 1],
  escalations: [
    { workingDays: 3, to: 'programManager' },
    { workingDays: 7, to: 'sponsor' },
    { workingDays: 14, to: 'topManagement' },
  ],
  repeats: { weekly: 4, monthly: 3 },
};

/** One rung of a task's ladder. Rungs are numbered from 0; after the last escalation they come weekly, then monthly. */
export interface Rung {
  index: number;
  at: Instant;
  on: IsoDate;
  /** 0 for reminders and the due moment, then 1, 2, 3 as the escalations rise; those that repeat keep the last. */
  level: number;
  /** Working days after the due date; 0 up to it. */
  workingDays: number;
  /** It is the last: nobody is told of the task any more. */
  ends?: true;
}

/** What a rung is. */
export type RungKind =
  | { kind: 'reminder'; days: number }
  | { kind: 'due' }
  | { kind: 'escalation'; workingDays: number }
  | { kind: 'weekly' | 'monthly' | 'end'; from: IsoDate };

export interface PreviewedRung {
  rung: number;
  at: Instant;
  to: Email[];
  /** What it is: a number of days before the due date, the due moment, working days after it, again each week or month. */
  what: RungKind;
  passed: boolean;
}

type LadderOf = Pick<ProgramState, 'calendar' | 'ladder'>;

/**
 * The rung of a task with a number, on a working day; undefined after the last. Times are in the program's zone: reminders
 * at 08:00, the others at 17:00.
 */
export function rungOf(task: Task, index: number, { calendar, ladder }: LadderOf): Rung | undefined {
  const dueDay = addWorkingDays(task.dueOn, task.ladderShift ?? 0, calendar);
  const daysBefore = ladder.reminderDays[index];
  if (daysBefore !== undefined) {
    const on = reminderDay(task, dueDay, daysBefore, calendar);
    return { index, at: morningOf(on, calendar.timeZone), on, level: 0, workingDays: 0 };
  }
  const step = afterDue(index - ladder.reminderDays.length, ladder);
  if (!step) return undefined;
  const { workingDays, level, weeks, months, ends } = step;
  const escalatedOn = addWorkingDays(dueDay, workingDays, calendar);
  const on = workingDayFrom(addMonths(addDays(escalatedOn, 7 * weeks), months), calendar);
  const late = weeks + months > 0 ? workingDaysBetween(dueDay, on, calendar) : workingDays;
  return { index, at: dueMoment(on, calendar), on, level, workingDays: late, ...(ends && { ends }) };
}

/**
 * A reminder on a day off comes on the next working day. A deadline of the body ends on its day, whatever day that is: its
 * reminders come on the working day before, or the last of them would come too late.
 */
function reminderDay(
  { dueOn, bodyDeadline }: Task,
  dueDay: IsoDate,
  before: number,
  calendar: WorkingCalendar,
): IsoDate {
  return bodyDeadline
    ? workingDayUntil(addDays(dueOn, -before), calendar)
    : workingDayFrom(addDays(dueDay, -before), calendar);
}

const nextRungs = new WeakMap<Task, { calendar: WorkingCalendar; rung: Rung | undefined }>();

/** The rung that a task waits for, if there is one. Remembered by task, because the agenda asks for it after every command. */
export function nextRung(task: Task, state: LadderOf): Rung | undefined {
  const known = nextRungs.get(task);
  if (known && known.calendar === state.calendar) return known.rung;
  const rung = rungOf(task, task.nextRung, state);
  nextRungs.set(task, { calendar: state.calendar, rung });
  return rung;
}

/** The first rung that still lies ahead: those already past when a task opens late are skipped, never sent. */
export function firstRungAhead(task: Task, now: Instant, state: LadderOf): number {
  let index = 0;
  for (let rung = rungOf(task, index, state); rung && rung.at <= now; rung = rungOf(task, index, state)) index++;
  return index;
}

/** When the ladder of a task ended that nobody is told of any more; undefined as long as there is a rung ahead. */
export function ladderEndedAt(task: Task, state: LadderOf): Instant | undefined {
  const { reminderDays, escalations, repeats } = state.ladder;
  if (!repeats || nextRung(task, state)) return undefined;
  return rungOf(task, reminderDays.length + escalations.length + repeats.weekly + repeats.monthly + 1, state)?.at;
}

/** Who hears of a rung: the assignee up to the due date, then whoever holds the role of its level. */
export function recipients(task: Task, rung: Rung, state: ProgramState): Email[] {
  const escalation = state.ladder.escalations[rung.level - 1];
  return rung.level === 0 || !escalation ? [task.assignee] : reach(state, escalation.to);
}

/** Days until the due date at a rung: 14, 7, 1, 0. */
export function dueIn(task: Task, rung: Rung): number {
  return Math.max(0, daysBetween(rung.on, task.dueOn));
}

/** Who hears what when about a task: all rungs, of those that repeat the first weekly and the first monthly one. */
export function previewLadder(state: ProgramState, task: Task): PreviewedRung[] {
  const { reminderDays, escalations, repeats } = state.ladder;
  const weekly = reminderDays.length + 1 + escalations.length;
  const monthly = weekly + (repeats?.weekly ?? 1);
  const shown = Array.from({ length: weekly + 1 }, (_, index) => index);
  if (repeats) shown.push(monthly, monthly + repeats.monthly);
  return [...new Set(shown)].flatMap((index) => {
    const rung = rungOf(task, index, state);
    if (!rung) return [];
    const to = rung.ends ? [] : recipients(task, rung, state);
    return [{ rung: index, at: rung.at, to, what: kindOf(rung, state), passed: index < task.nextRung }];
  });
}

interface Step {
  workingDays: number;
  level: number;
  weeks: number;
  months: number;
  ends?: true;
}

/** A rung that comes after the due moment; undefined after the last. */
function afterDue(after: number, { escalations, repeats }: LadderSpec): Step | undefined {
  const level = Math.min(after, escalations.length);
  const workingDays = escalations[level - 1]?.workingDays ?? 0;
  const again = Math.max(0, after - escalations.length);
  if (!repeats || again <= repeats.weekly) return { workingDays, level, weeks: again, months: 0 };
  const months = again - repeats.weekly;
  if (months > repeats.monthly + 1) return undefined;
  return {
    workingDays,
    level,
    weeks: repeats.weekly,
    months,
    ...(months > repeats.monthly && { ends: true as const }),
  };
}

function kindOf(rung: Rung, { ladder, calendar }: LadderOf): RungKind {
  const reminders = ladder.reminderDays.length;
  const days = ladder.reminderDays[rung.index];
  if (days !== undefined) return { kind: 'reminder', days };
  if (rung.index === reminders) return { kind: 'due' };
  const again = rung.index - reminders - ladder.escalations.length;
  if (again <= 0) return { kind: 'escalation', workingDays: rung.workingDays };
  const from = dateAt(rung.at, calendar.timeZone);
  if (rung.ends) return { kind: 'end', from };
  return { kind: ladder.repeats && again > ladder.repeats.weekly ? 'monthly' : 'weekly', from };
}
