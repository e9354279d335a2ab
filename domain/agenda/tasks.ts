import type { Email, Instant } from '../basics.ts';
import { addMonths, addWorkingDays, dateAt, dueMoment, type WorkingCalendar } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { reach } from '../people/people.ts';
import { aloneAt, isLeftAlone, proposePause } from '../program/leftAlone.ts';
import { say } from '../say.ts';
import type { ProgramState } from '../state.ts';
import { dueIn, ladderEndedAt, nextRung, type Rung, recipients } from '../tasks/ladder.ts';
import { openTasks } from '../tasks/queries.ts';
import { LadderEnded, ReviewReminded, TaskEscalated, TaskReminded } from '../tasks/reminders.ts';
import { isWaiting, type OpenTask, type SubmittedTask, type UnendedTask } from '../tasks/task.ts';
import type { Due } from './moment.ts';

/** Working days after which reviewers are reminded of evidence that waits for them, again and again; later monthly. */
const reviewDays = 5;

/** The next rung of every open task, and the reminder of every review. A pause holds what is not the body's. */
export function taskMoments(state: ProgramState): Due[] {
  return openTasks(state)
    .filter((task) => state.status !== 'paused' || task.bodyDeadline)
    .flatMap((task) => {
      if (isWaiting(task)) return waitingMoment(state, task);
      return task.status === 'submitted' ? reviewMoment(state, task) : ladderMoment(state, task);
    });
}

/** A task that waits for others: its due date is shown, and nothing is sent. */
function waitingMoment(
  { calendar }: ProgramState,
  { id, title, dueOn, waitsFor }: UnendedTask & { waitsFor: string[] },
): Due {
  return { at: dueMoment(dueOn, calendar), kind: 'waiting', title: say('momentWaiting', { title, waitsFor }), ref: id };
}

const ladderDues = new WeakMap<OpenTask, { rung: Rung; dues: Due[] }>();

/** Remembered by task: a program with thousands is asked for the first of them with everything that happens to it. */
function ladderMoment(state: ProgramState, task: OpenTask): Due[] {
  const rung = nextRung(task, state);
  if (!rung) return [];
  const known = ladderDues.get(task);
  if (known?.rung === rung) return known.dues;
  const kind = rung.level > 0 ? 'escalation' : 'reminder';
  const title = say('momentOfLadder', { kind, title: task.title });
  const dues: Due[] = [{ at: rung.at, kind, title, ref: task.id, act: (draft) => climb(draft, task.id) }];
  ladderDues.set(task, { rung, dues });
  return dues;
}

/** Sends the rung that a task waits for; each is recorded once. */
function climb(draft: Draft, taskId: string): void {
  const task = draft.task(taskId);
  const rung = nextRung(task, draft.state);
  if (!rung) return;
  const { index, level, workingDays } = rung;
  const to = recipients(task, rung, draft.state);
  const isAlone = isLeftAlone(draft.state) && !task.bodyDeadline;
  if (rung.ends) {
    const isHeard = aloneAt(draft.state) > rung.at;
    draft.emit(LadderEnded, { taskId, rung: index, to: isHeard ? lastTold(draft.state, to) : [] });
  } else if (level === 0) draft.emit(TaskReminded, { taskId, rung: index, dueIn: dueIn(task, rung), to });
  else draft.emit(TaskEscalated, { taskId, rung: index, level, workingDays, to: isAlone ? [] : to });
}

/** Whoever can reassign or waive it hears that it is said for the last time, with whoever heard of it last. */
function lastTold(state: ProgramState, to: Email[]): Email[] {
  return [...new Set([...reach(state, 'programManager'), ...to])];
}

/**
 * A program is proposed to be paused or cancelled once something in it is told no more and nobody has done anything for a
 * month; again, once somebody has and it is left alone anew.
 */
export function proposalMoments(state: ProgramState): Due[] {
  if (state.status !== 'active' || isLeftAlone(state)) return [];
  const ends = openTasks(state).flatMap((task) => toldUntil(state, task) ?? []);
  const [first, ...others] = ends;
  if (!first) return [];
  const ended = others.reduce((a, b) => (a < b ? a : b), first);
  const alone = aloneAt(state);
  const at = ended > alone ? ended : alone;
  return [{ at, kind: 'proposal', title: say('momentOfProposal', {}), act: proposePause }];
}

/** When it was said for the last time of a task that nobody does, or nobody reviews. */
function toldUntil(state: ProgramState, task: UnendedTask): Instant | undefined {
  if (isWaiting(task)) return undefined;
  if (task.status === 'open') return ladderEndedAt(task, state);
  const most = mostReviewReminders(state);
  return (task.reviewReminders ?? 0) >= most ? reviewDueAt(task, most, state) : undefined;
}

/** How often a review is asked for, at most: as long as a ladder repeats. Without an end where an earlier version said none. */
function mostReviewReminders({ ladder: { repeats } }: ProgramState): number {
  return repeats ? repeats.weekly + repeats.monthly : Number.POSITIVE_INFINITY;
}

function reviewMoment(state: ProgramState, task: SubmittedTask): Due[] {
  const count = (task.reviewReminders ?? 0) + 1;
  if (count > mostReviewReminders(state)) return [];
  const at = reviewDueAt(task, count, state);
  const act = (draft: Draft) =>
    draft.emit(ReviewReminded, { taskId: task.id, count, to: remindedToReview(draft.state, task, count) });
  return [{ at, kind: 'review', title: say('momentOfReview', { title: task.title }), ref: task.id, act }];
}

const reviewDues = new WeakMap<SubmittedTask, { calendar: WorkingCalendar; at: Instant }>();

/** Remembered by task, as the next rung is: what waits for long is asked for with every command and far to count. */
function reviewDueAt(task: SubmittedTask, count: number, { calendar, ladder }: ProgramState): Instant {
  const known = reviewDues.get(task);
  if (known?.calendar === calendar) return known.at;
  const from = task.reviewFrom ?? dateAt(task.evidence.at, calendar.timeZone);
  const often = Math.min(count, ladder.repeats?.weekly ?? count);
  const on = addMonths(addWorkingDays(from, reviewDays * often, calendar), count - often);
  const at = dueMoment(on, calendar);
  reviewDues.set(task, { calendar, at });
  return at;
}

/** The program manager hears of a waiting review, from the second time on the sponsor too; never who handed it in. */
function remindedToReview(state: ProgramState, task: SubmittedTask, count: number): Email[] {
  const heard = [...reach(state, 'programManager'), ...(count > 1 ? reach(state, 'sponsor') : [])];
  const others = [...new Set(heard)].filter((email) => email !== task.evidence.by);
  return others.length > 0 ? others : reach(state, 'sponsor');
}
