import type { Email, Instant } from '../basics.ts';
import { addWorkingDays, dateAt, dueMoment, type WorkingCalendar } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { reach } from '../people/people.ts';
import { say } from '../say.ts';
import type { ProgramState } from '../state.ts';
import { dueIn, nextRung, recipients } from '../tasks/ladder.ts';
import { openTasks } from '../tasks/queries.ts';
import { ReviewReminded, TaskEscalated, TaskReminded } from '../tasks/reminders.ts';
import { isWaiting, type OpenTask, type SubmittedTask, type UnendedTask } from '../tasks/task.ts';
import type { Due } from './moment.ts';

/** Working days after which reviewers are reminded of evidence that waits for them, again and again. */
const reviewDays = 5;

/** The next rung of every open task, and the reminder of every review. A pause holds what is not the body's. */
export function taskMoments(state: ProgramState): Due[] {
  return openTasks(state)
    .filter((task) => state.status !== 'paused' || task.bodyDeadline)
    .map((task) => {
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

function ladderMoment(state: ProgramState, task: OpenTask): Due {
  const rung = nextRung(task, state);
  const kind = rung.level > 0 ? 'escalation' : 'reminder';
  const title = say('momentOfLadder', { kind, title: task.title });
  return { at: rung.at, kind, title, ref: task.id, act: (draft) => climb(draft, task.id) };
}

/** Sends the rung that a task waits for; each is recorded once. */
function climb(draft: Draft, taskId: string): void {
  const task = draft.task(taskId);
  const rung = nextRung(task, draft.state);
  const to = recipients(task, rung, draft.state);
  if (rung.level === 0) {
    draft.emit(TaskReminded, { taskId, rung: rung.index, dueIn: dueIn(task, rung), to });
    return;
  }
  const { index, level, workingDays } = rung;
  draft.emit(TaskEscalated, { taskId, rung: index, level, workingDays, to });
}

function reviewMoment(state: ProgramState, task: SubmittedTask): Due {
  const count = (task.reviewReminders ?? 0) + 1;
  const at = reviewDueAt(task, count, state.calendar);
  const act = (draft: Draft) =>
    draft.emit(ReviewReminded, { taskId: task.id, count, to: remindedToReview(draft.state, task, count) });
  return { at, kind: 'review', title: say('momentOfReview', { title: task.title }), ref: task.id, act };
}

const reviewDues = new WeakMap<SubmittedTask, { calendar: WorkingCalendar; at: Instant }>();

/** Remembered by task, as the next rung is: what waits for long is asked for with every command and far to count. */
function reviewDueAt(task: SubmittedTask, count: number, calendar: WorkingCalendar): Instant {
  const known = reviewDues.get(task);
  if (known?.calendar === calendar) return known.at;
  const from = task.reviewFrom ?? dateAt(task.evidence.at, calendar.timeZone);
  const at = dueMoment(addWorkingDays(from, reviewDays * count, calendar), calendar);
  reviewDues.set(task, { calendar, at });
  return at;
}

/** The program manager hears of a waiting review, from the second time on the sponsor too; never who handed it in. */
function remindedToReview(state: ProgramState, task: SubmittedTask, count: number): Email[] {
  const heard = [...reach(state, 'programManager'), ...(count > 1 ? reach(state, 'sponsor') : [])];
  const others = [...new Set(heard)].filter((email) => email !== task.evidence.by);
  return others.length > 0 ? others : reach(state, 'sponsor');
}
