import { own } from '../../domain/basics.ts';
import type { CorrectiveActionPlan } from '../../domain/findings/finding.ts';
import type { NextRung, TaskInMail } from '../../domain/notices.ts';
import { nameOf } from '../../domain/people/people.ts';
import type { ProgramState } from '../../domain/state.ts';
import { lastDayOf } from '../../domain/tasks/due.ts';
import { nextRung, recipients, rungOf } from '../../domain/tasks/ladder.ts';
import { isWaiting, type Task, type TaskKind } from '../../domain/tasks/task.ts';
import { firstOf } from '../phrases.ts';
import { later, type Telling } from './entry.ts';

/** A task is asked of its assignee. */
export function asked(state: ProgramState, task: Task, why: string): Telling {
  return later([task.assignee], { kind: 'taskOpened', task: dated(state, task), why, ...ahead(state, task) });
}

/** What people hear about a task; nothing about one that the program no longer carries. */
export function ofTask(state: ProgramState, taskId: string, tells: (task: Task) => Telling[]): Telling[] {
  const task = own(state.tasks, taskId);
  return task ? tells(task) : [];
}

/** The part of a task that a mail needs. */
export function inMail(task: Task): TaskInMail {
  const { id, kind, title, requirementId, systemId, auditId, findingId, priority, dueOn, status } = task;
  return { id, kind, title, requirementId, systemId, auditId, findingId, priority, dueOn, status };
}

/** The same, with the last day on which it can be done, where its due date is a day off. */
export function dated(state: ProgramState, task: Task): TaskInMail {
  const lastDay = lastDayOf(task, state.calendar);
  return lastDay === task.dueOn ? inMail(task) : { ...inMail(task), lastDay };
}

/** Who besides the assignee hears of the task next, and when: what happens if nothing is done. */
export function next(state: ProgramState, task: Task): { next?: NextRung } {
  const firstEscalation = state.ladder.reminderDays.length + 1;
  const weekly = firstEscalation + state.ladder.escalations.length;
  const from = Math.max(task.nextRung, firstEscalation);
  for (let index = from; index <= Math.max(from, weekly); index++) {
    const rung = index === task.nextRung ? nextRung(task, state) : rungOf(task, index, state);
    if (!rung || rung.ends) return {};
    const others = rung.level === 0 ? [] : recipients(task, rung, state).filter((email) => email !== task.assignee);
    if (others.length > 0) {
      return { next: { on: rung.on, who: firstOf(others.map((email) => nameOf(state, email))) } };
    }
  }
  return {};
}

/** What else is said of a task when it is asked for: what it waits for, or who hears next; the plan that it judges. */
function ahead(state: ProgramState, task: Task): { waitsFor?: string[]; plan?: CorrectiveActionPlan; next?: NextRung } {
  if (!isWaiting(task)) return { ...planOf(state, task), ...next(state, task) };
  return { waitsFor: task.waitsFor.map((id) => `${id} ${own(state.tasks, id)?.title ?? ''}`.trim()) };
}

const judging: readonly TaskKind[] = ['planReview', 'verification', 'effectivenessCheck'];

/** Whoever reviews a corrective action plan, or verifies its result, is shown the plan. */
function planOf(state: ProgramState, { kind, findingId }: Task): { plan?: CorrectiveActionPlan } {
  const finding = findingId !== undefined && judging.includes(kind) ? own(state.findings, findingId) : undefined;
  return finding && 'plan' in finding && finding.plan ? { plan: finding.plan } : {};
}
