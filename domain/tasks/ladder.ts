import type { Email, Instant, IsoDate } from '../basics.ts';
import {
  addDays,
  addWorkingDays,
  dateAt,
  daysBetween,
  dueMoment,
  morningOf,
  type WorkingCalendar,
  workingDayFrom,
  workingDaysBetween,
} from '../calendar.ts';
import { reach } from '../people/people.ts';
import type { ProgramState } from '../state.ts';
import type { LadderSpec } from './ladderSpec.ts';
import type { Task } from './task.ts';

/** The default escalation ladder: three reminders, due, manager, sponsor, top management, then weekly. */
export const defaultLadder: LadderSpec = {
  reminderDays: [14, 7, 1],
  escalations: [
    { workingDays: 3, to: 'programManager' },
    { workingDays: 7, to: 'sponsor' },
    { workingDays: 14, to: 'topManagement' },
  ],
};

/** One rung of a task's ladder. Rungs are numbered from 0; after the last escalation they come weekly, for ever. */
export interface Rung {
  index: number;
  at: Instant;
  on: IsoDate;
  /** 0 for reminders and the due moment, then 1, 2, 3 as the escalations rise; weekly rungs keep the last. */
  level: number;
  /** Working days after the due date; 0 up to it. */
  workingDays: number;
}

/** What a rung is. */
export type RungKind =
  | { kind: 'reminder'; days: number }
  | { kind: 'due' }
  | { kind: 'escalation'; workingDays: number }
  | { kind: 'weekly'; from: IsoDate };

export interface PreviewedRung {
  rung: number;
  at: Instant;
  to: Email[];
  /** What it is: a number of days before the due date, the due moment, working days after it, or again each week. */
  what: RungKind;
  passed: boolean;
}

type LadderOf = Pick<ProgramState, 'calendar' | 'ladder'>;

/** The rung of a task with a number. Times are in the program's zone: reminders at 08:00, the others at 17:00. */
export function rungOf(task: Task, index: number, { calendar, ladder }: LadderOf): Rung {
  const reminders = ladder.reminderDays.length;
  const dueDay = addWorkingDays(task.dueOn, task.ladderShift ?? 0, calendar);
  const daysBefore = ladder.reminderDays[index];
  if (daysBefore !== undefined) {
    const on = workingDayFrom(addDays(dueDay, -daysBefore), calendar);
    return { index, at: morningOf(on, calendar.timeZone), on, level: 0, workingDays: 0 };
  }
  const after = index - reminders;
  const { workingDays, level, weeks } = afterDue(after, ladder);
  const escalatedOn = addWorkingDays(dueDay, workingDays, calendar);
  const on = workingDayFrom(addDays(escalatedOn, 7 * weeks), calendar);
  const late = weeks > 0 ? workingDaysBetween(dueDay, on, calendar) : workingDays;
  return { index, at: dueMoment(on, calendar), on, level, workingDays: late };
}

const nextRungs = new WeakMap<Task, { calendar: WorkingCalendar; rung: Rung }>();

/** The rung that a task waits for. Remembered by task, because the agenda asks for it after every command. */
export function nextRung(task: Task, state: LadderOf): Rung {
  const known = nextRungs.get(task);
  if (known && known.calendar === state.calendar) return known.rung;
  const rung = rungOf(task, task.nextRung, state);
  nextRungs.set(task, { calendar: state.calendar, rung });
  return rung;
}

/** The first rung that still lies ahead: those already past when a task opens late are skipped, never sent. */
export function firstRungAhead(task: Task, now: Instant, state: LadderOf): number {
  let index = 0;
  while (rungOf(task, index, state).at <= now) index++;
  return index;
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

/** Who hears what when about a task: all rungs up to the first weekly one. */
export function previewLadder(state: ProgramState, task: Task): PreviewedRung[] {
  const count = state.ladder.reminderDays.length + 1 + state.ladder.escalations.length + 1;
  return Array.from({ length: count }, (_, index) => {
    const rung = rungOf(task, index, state);
    return {
      rung: index,
      at: rung.at,
      to: recipients(task, rung, state),
      what: kindOf(rung, state),
      passed: index < task.nextRung,
    };
  });
}

function afterDue(after: number, ladder: LadderSpec): { workingDays: number; level: number; weeks: number } {
  const levels = ladder.escalations.length;
  const level = Math.min(after, levels);
  const workingDays = ladder.escalations[level - 1]?.workingDays ?? 0;
  return { workingDays, level, weeks: Math.max(0, after - levels) };
}

function kindOf(rung: Rung, { ladder, calendar }: LadderOf): RungKind {
  const reminders = ladder.reminderDays.length;
  const days = ladder.reminderDays[rung.index];
  if (days !== undefined) return { kind: 'reminder', days };
  if (rung.index === reminders) return { kind: 'due' };
  const weekly = rung.index > reminders + ladder.escalations.length;
  return weekly
    ? { kind: 'weekly', from: dateAt(rung.at, calendar.timeZone) }
    : { kind: 'escalation', workingDays: rung.workingDays };
}
