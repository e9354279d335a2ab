import { addWorkingDays, dateAt, dueMoment } from '../calendar.ts';
import type { Draft } from '../decide/draft.ts';
import { dueIn, hearers, nextRung } from '../ladder.ts';
import { reach } from '../people.ts';
import { openTasks } from '../progress.ts';
import { isWaiting } from '../rules/dependencies.ts';
import type { CalendarState, Instant, ProgramState, Task } from '../types/index.ts';
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
function waitingMoment({ calendar }: ProgramState, { id, title, dueOn, waitsFor = [] }: Task): Due {
  return {
    at: dueMoment(dueOn, calendar),
    kind: 'waiting',
    title: `waits for ${waitsFor.join(', ')}: ${title}`,
    ref: id,
  };
}

function ladderMoment(state: ProgramState, task: Task): Due {
  const rung = nextRung(task, state);
  const kind = rung.level > 0 ? 'escalation' : 'reminder';
  return { at: rung.at, kind, title: `${kind}: ${task.title}`, ref: task.id, act: (draft) => climb(draft, task.id) };
}

/** Sends the rung that a task waits for; each is recorded once. */
function climb(draft: Draft, taskId: string): void {
  const task = draft.task(taskId);
  const rung = nextRung(task, draft.state);
  const to = hearers(task, rung, draft.state);
  if (rung.level === 0) {
    draft.emit({ type: 'TaskReminded', data: { taskId, rung: rung.index, dueIn: dueIn(task, rung), to } });
    return;
  }
  const { index, level, workingDays } = rung;
  draft.emit({ type: 'TaskEscalated', data: { taskId, rung: index, level, workingDays, to } });
}

function reviewMoment(state: ProgramState, task: Task): Due {
  const count = (task.reviewReminders ?? 0) + 1;
  const at = reviewDueAt(task, count, state.calendar);
  const act = (draft: Draft) =>
    draft.emit({ type: 'ReviewReminded', data: { taskId: task.id, count, to: reviewers(draft.state, task, count) } });
  return { at, kind: 'review', title: `evidence waits for review: ${task.title}`, ref: task.id, act };
}

const reviewDues = new WeakMap<Task, { calendar: CalendarState; at: Instant }>();

/** Remembered by task, as the next rung is: what waits for long is asked for with every command and far to count. */
function reviewDueAt(task: Task, count: number, calendar: CalendarState): Instant {
  const known = reviewDues.get(task);
  if (known?.calendar === calendar) return known.at;
  const from = task.reviewFrom ?? dateAt(task.evidence?.at as string, calendar.timeZone);
  const at = dueMoment(addWorkingDays(from, reviewDays * count, calendar), calendar);
  reviewDues.set(task, { calendar, at });
  return at;
}

/** The program manager hears of a waiting review, from the second time on the sponsor too; never who handed it in. */
function reviewers(state: ProgramState, task: Task, count: number): string[] {
  const heard = [...reach(state, 'programManager'), ...(count > 1 ? reach(state, 'sponsor') : [])];
  const others = [...new Set(heard)].filter((email) => email !== task.evidence?.by);
  return others.length > 0 ? others : reach(state, 'sponsor');
}
