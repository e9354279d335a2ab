import type { Instant, IsoDate } from '../../../domain/basics.ts';
import type { ProgramRecord, RecordMap } from '../../../domain/registry.ts';
import type { ProgramState } from '../../../domain/state.ts';
import type { LadderSpec } from '../../../domain/tasks/ladderSpec.ts';
import type { Task } from '../../../domain/tasks/task.ts';
import {
  civilDate,
  daysFrom,
  daysLater,
  isWorking,
  later,
  monthsLater,
  type NaiveCalendar,
  orNextWorking,
  rungAt,
  wallClock,
  workingDaysFromTo,
  workingDaysLater,
} from './naiveDates.ts';
import { equal, must, mustHappenAt, type Page } from './page.ts';

/** What is looked at in a task, whatever its status. */
interface KnownTask extends Pick<Task, 'id' | 'status' | 'dueOn' | 'nextRung'> {
  closedOn?: IsoDate;
  waitsFor?: string[];
}

interface Mirror {
  openedOn: IsoDate;
  dueOn: IsoDate;
  shift: number;
  next: number;
  ofBody: boolean;
  /** While it waits for its reviewers: since when, and how often they were reminded. */
  review?: { from: IsoDate; count: number };
  /** Dates that it had under each plan of the present phase, while nobody else gave it another. */
  under: Map<string, IsoDate>;
}

/** What is recorded of a rung. */
type Climbing = 'TaskReminded' | 'TaskEscalated' | 'LadderEnded';

/** Due dates and ladders of all open tasks, counted naively from the records. */
export class NaiveTasks {
  calendar: NaiveCalendar;
  private readonly ladder: LadderSpec;
  private readonly open = new Map<string, Mirror>();
  private readonly closed = new Set<string>();
  private pausedOn?: IsoDate;
  private readonly clocks = new Map<string, string>();

  constructor(calendar: NaiveCalendar, ladder: LadderSpec) {
    this.calendar = calendar;
    this.ladder = ladder;
  }

  /** With another calendar everything is counted again. */
  counted(calendar: NaiveCalendar): void {
    this.calendar = calendar;
    this.clocks.clear();
  }

  follow(record: ProgramRecord, page: Page): void {
    switch (record.type) {
      case 'TaskOpened': {
        const { id, dueOn, openedOn, bodyDeadline } = record.data.task;
        equal(`the day on which ${id} was opened`, openedOn, page.today);
        const task = { openedOn, dueOn, shift: 0, next: 0, ofBody: bodyDeadline, under: new Map() };
        this.open.set(id, { ...task, next: this.ahead(task, page) });
        return;
      }
      case 'TaskReminded':
      case 'TaskEscalated':
      case 'LadderEnded':
        this.climbed(record, page);
        return;
      case 'TaskExtended':
        this.moved(record.data.taskId, record.data.dueOn, page);
        this.task(record.data.taskId).under.clear();
        return;
      case 'PlanChanged':
        this.replanned(record.data, page);
        return;
      case 'PhaseStarted':
      case 'CalendarChanged':
      case 'HolidaysRecorded':
        this.forgetPlans();
        return;
      case 'ProgramPaused':
        this.pausedOn = page.today;
        return;
      case 'TaskReleased': {
        const task = this.task(record.data.taskId);
        task.under.clear();
        if (task.review) task.review.from = page.today;
        else if (record.data.dueOn !== task.dueOn) this.moved(record.data.taskId, record.data.dueOn, page);
        else task.next = Math.max(task.next, this.ahead(task, page));
        return;
      }
      case 'TaskAcknowledged': {
        const { taskId, expectedOn, ladderShift } = record.data;
        const task = this.task(taskId);
        const days = workingDaysFromTo(orNextWorking(task.dueOn, this.calendar), expectedOn, this.calendar);
        task.shift = days < 10 ? days : 10;
        equal(`the shift of ${taskId}`, ladderShift, task.shift);
        return;
      }
      case 'EvidenceSubmitted': {
        const task = this.task(record.data.taskId);
        task.review = { from: civilDate(record.at, page.timeZone), count: 0 };
        return;
      }
      case 'EvidenceRejected': {
        const task = this.task(record.data.taskId);
        task.review = undefined;
        task.next = Math.max(task.next, this.ahead(task, page));
        return;
      }
      case 'ReviewReminded': {
        const task = this.task(record.data.taskId);
        mustHappenAt(`reminder of the review of ${record.data.taskId}`, this.reviewClock(task), page);
        (task.review as NonNullable<Mirror['review']>).count++;
        equal('the count of review reminders', record.data.count, task.review?.count);
        return;
      }
      case 'ProgramResumed':
        this.pausedOn = undefined;
        this.shift(daysLater(page.today, -record.data.days), page.today);
        return;
      case 'EvidenceAccepted':
      case 'TaskWaived':
      case 'TaskCancelled':
      case 'TaskCompleted':
        this.task(record.data.taskId);
        this.open.delete(record.data.taskId);
        this.closed.add(record.data.taskId);
    }
  }

  /** Nothing that was due is left, and every due date is what was counted. */
  atRest(state: ProgramState, now: Instant): void {
    const clock = wallClock(now, state.calendar.timeZone);
    for (const { id, status, closedOn, dueOn, nextRung, waitsFor } of Object.values<KnownTask>(state.tasks)) {
      if (closedOn) {
        must(this.closed.has(id), () => `${id} is closed without a record`);
        continue;
      }
      const task = this.task(id);
      equal(`the due date of ${id}`, dueOn, task.dueOn);
      equal(`the next rung of ${id}`, nextRung, task.next);
      equal(`whether ${id} waits for its review`, status === 'submitted', task.review !== undefined);
      if (waitsFor || state.status === 'planned' || (state.status === 'paused' && !task.ofBody)) continue;
      const next = task.review ? this.reviewClock(task) : this.clockOf(task, task.next);
      must(next > clock, () => `${id}: what was due at ${next} was not done by ${clock}`);
    }
  }

  /** A rung is the next one, at its hour, as high and as late as counted. */
  private climbed(record: ProgramRecord & { type: Climbing }, page: Page): void {
    const { taskId, rung } = record.data;
    must(!this.closed.has(taskId), () => `${record.type} of ${taskId}, which is done`);
    const task = this.task(taskId);
    must(!task.review, () => `${record.type} of ${taskId}, which is handed in`);
    equal(`the rung of ${taskId}`, rung, task.next);
    const naive = rungAt(task, rung, this.ladder, this.calendar);
    mustHappenAt(`rung ${rung} of ${taskId}, due on ${task.dueOn},`, naive.clock, page);
    equal(`whether rung ${rung} is the last`, record.type === 'LadderEnded', naive.ends === true);
    if (record.type === 'LadderEnded') {
      task.next++;
      return;
    }
    equal(`the level of rung ${rung}`, record.type === 'TaskEscalated' ? record.data.level : 0, naive.level);
    if (record.type === 'TaskReminded') {
      const left = naive.on < task.dueOn ? daysFrom(naive.on, task.dueOn) : 0;
      equal(`the days left at rung ${rung}`, record.data.dueIn, left);
    } else {
      const due = workingDaysLater(task.dueOn, task.shift, this.calendar);
      const late = workingDaysFromTo(due, naive.on, this.calendar);
      equal(`the working days at rung ${rung}`, record.data.workingDays, late);
    }
    task.next++;
  }

  /** A plan put back gives the dates that there were; a date that is new is a working day, and every new date lies ahead. */
  private replanned({ plan, previous, moved }: RecordMap['PlanChanged'], page: Page): void {
    for (const task of this.open.values()) task.under.set(JSON.stringify(previous), task.dueOn);
    const soonest = orNextWorking(daysLater(this.pausedOn ?? page.today, 1), this.calendar);
    for (const { taskId, dueOn, previousDueOn } of moved.tasks) {
      const { under } = this.task(taskId);
      const had = [...under.values()].includes(dueOn);
      must(dueOn >= soonest, () => `${taskId} is moved from ${previousDueOn} to ${dueOn}, which is past`);
      const ownDate = JSON.stringify(plan.cadences) !== JSON.stringify(previous.cadences);
      must(had || ownDate || isWorking(dueOn, this.calendar), () => `${taskId} is moved to a day off, ${dueOn}`);
      this.moved(taskId, dueOn, page);
    }
    if (JSON.stringify(plan.cadences) !== JSON.stringify(previous.cadences)) this.forgetPlans();
    for (const [id, { dueOn, under }] of this.open) {
      const before = under.get(JSON.stringify(plan));
      if (before !== undefined && before > soonest) equal(`the date of ${id} under the plan put back`, dueOn, before);
    }
  }

  private forgetPlans(): void {
    for (const { under } of this.open.values()) under.clear();
  }

  private moved(taskId: string, dueOn: IsoDate, page: Page): void {
    const task = this.task(taskId);
    task.dueOn = dueOn;
    task.next = this.ahead(task, page);
  }

  /** A pause: internal due dates lie later by its length, or by the part of it in which they were known. */
  private shift(from: IsoDate, until: IsoDate): void {
    for (const task of this.open.values()) {
      if (task.ofBody) continue;
      const days = daysFrom(later(from, task.openedOn), until);
      task.dueOn = daysLater(task.dueOn, days);
      for (const [plan, on] of task.under) task.under.set(plan, daysLater(on, days));
      if (task.review) task.review.from = daysLater(task.review.from, daysFrom(later(from, task.review.from), until));
    }
  }

  private ahead(task: Mirror, { now, timeZone }: Page): number {
    const clock = wallClock(now, timeZone);
    let index = 0;
    while (this.clockOf(task, index) <= clock) index++;
    return index;
  }

  private clockOf(task: Mirror, index: number): string {
    const key = `${task.dueOn} ${task.ofBody} ${task.shift} ${index}`;
    const known = this.clocks.get(key);
    if (known) return known;
    const { clock } = rungAt(task, index, this.ladder, this.calendar);
    this.clocks.set(key, clock);
    return clock;
  }

  private reviewClock({ review }: Mirror): string {
    if (!review) throw new Error('There is no review to remind of.');
    const { repeats } = this.ladder;
    const next = review.count + 1;
    if (!repeats || next <= repeats.weekly) {
      return `${workingDaysLater(review.from, 5 * next, this.calendar)} 17:00:00.000`;
    }
    if (next > repeats.weekly + repeats.monthly) return '9999-12-31';
    const weekly = workingDaysLater(review.from, 5 * repeats.weekly, this.calendar);
    return `${orNextWorking(monthsLater(weekly, next - repeats.weekly), this.calendar)} 17:00:00.000`;
  }

  private task(id: string): Mirror {
    const task = this.open.get(id);
    if (!task) throw new Error(`Not what the naive dates say: ${id} is not open.`);
    return task;
  }
}
