import { hearers, nextRung, rungOf } from '../ladder.ts';
import { nameOf, person } from '../people.ts';
import { reviewers } from '../permissions.ts';
import { isWaiting } from '../rules/dependencies.ts';
import type {
  CorrectiveActionPlan,
  Email,
  NextRung,
  ProgramRecord,
  ProgramState,
  RecordMap,
  Task,
  TaskInMail,
} from '../types/index.ts';
import { type Telling, withRoles } from './index.ts';

/** Who hears of what happens to a task. */
export function taskNotices(state: ProgramState, record: ProgramRecord): Telling[] {
  switch (record.type) {
    case 'TaskOpened': {
      const { task, why } = record.data;
      return [asked(state, task, why)];
    }
    case 'TaskReminded': {
      const task = taskOf(state, record.data.taskId);
      const overdue = record.data.rung >= state.ladder.reminderDays.length;
      return overdue
        ? [atOnce(record.data.to, { kind: 'taskOverdue', task: inMail(task), ...next(state, task) })]
        : [
            later(record.data.to, {
              kind: 'taskReminder',
              task: inMail(task),
              dueIn: record.data.dueIn,
              ...next(state, task),
            }),
          ];
    }
    case 'TaskEscalated': {
      const { taskId, to, level, workingDays } = record.data;
      const task = taskOf(state, taskId);
      const assignee = nameOf(state, task.assignee);
      return [
        atOnce(to, { kind: 'taskEscalated', task: inMail(task), assignee, level, workingDays, ...next(state, task) }),
      ];
    }
    case 'TaskReassigned':
      return reassigned(state, record.data);
    case 'TaskDependenciesSet': {
      const task = taskOf(state, record.data.taskId);
      if (record.data.dependsOn.length === 0) return [];
      return [asked(state, task, 'Something comes before it.')];
    }
    case 'TaskReleased': {
      const task = taskOf(state, record.data.taskId);
      return task.status === 'open' ? [asked(state, task, record.data.why)] : [];
    }
    case 'TaskExtended': {
      const task = taskOf(state, record.data.taskId);
      return [later([task.assignee], { kind: 'taskExtended', task: inMail(task), reason: record.data.reason })];
    }
    case 'EvidenceSubmitted': {
      const task = taskOf(state, record.data.taskId);
      const { by, links, note } = record.data.evidence;
      return [
        later(askedToReview(state, by), {
          kind: 'evidenceToReview',
          task: inMail(task),
          by: nameOf(state, by),
          links,
          note,
        }),
      ];
    }
    case 'ReviewReminded': {
      const task = taskOf(state, record.data.taskId);
      return [later(record.data.to, { kind: 'reviewReminder', task: inMail(task), count: record.data.count })];
    }
    case 'EvidenceRejected': {
      const task = taskOf(state, record.data.taskId);
      const item = {
        kind: 'evidenceRejected' as const,
        task: inMail(task),
        note: record.data.note,
        ...next(state, task),
      };
      return [later([task.assignee], item)];
    }
    case 'EvidenceAccepted':
      return ended(state, record.data.taskId, 'accepted', record.data.note);
    case 'TaskWaived':
      return ended(state, record.data.taskId, 'waived', record.data.reason);
    case 'TaskCancelled':
      return ended(state, record.data.taskId, 'cancelled', record.data.reason);
    default:
      return [];
  }
}

export function later(to: Telling['to'], item: Telling['item']): Telling {
  return { to, urgent: false, item };
}

export function atOnce(to: Telling['to'], item: Telling['item']): Telling {
  return { to, urgent: true, item };
}

function ended(state: ProgramState, taskId: string, how: 'accepted' | 'waived' | 'cancelled', note: string): Telling[] {
  const task = taskOf(state, taskId);
  return [later([task.assignee], { kind: 'taskEnded', task: inMail(task), how, note })];
}

/** Program managers and consultants; when all of them handed it in themselves, whoever else may review. */
function askedToReview(state: ProgramState, by: Email): Email[] {
  const usual = withRoles(state, ['programManager', 'consultant']).filter((email) => email !== by);
  return usual.length > 0 ? usual : reviewers(state).filter((email) => email !== by);
}

/** Whoever has the task now is asked; whoever had it is told, unless they left, which nobody chose task by task. */
function reassigned(state: ProgramState, { taskId, from, to, reason }: RecordMap['TaskReassigned']): Telling[] {
  const task = { ...taskOf(state, taskId), assignee: to };
  const why = reason ?? `Handed over from ${nameOf(state, from)}.`;
  const told = { ...asked(state, task, why), ...(reason ? { evenActor: true } : {}) };
  if (!person(state, from)) return [told];
  return [told, later([from], { kind: 'taskHandedOn', task: inMail(task), to: nameOf(state, to) })];
}

/** A task is asked of its assignee. */
function asked(state: ProgramState, task: Task, why: string): Telling {
  return later([task.assignee], { kind: 'taskOpened', task: inMail(task), why, ...ahead(state, task) });
}

/** What else is said of a task when it is asked for: what it waits for, or who hears next; the plan that it judges. */
function ahead(state: ProgramState, task: Task): { waitsFor?: string[]; plan?: CorrectiveActionPlan; next?: NextRung } {
  if (!isWaiting(task)) return { ...planOf(state, task), ...next(state, task) };
  return { waitsFor: (task.waitsFor ?? []).map((id) => `${id} ${state.tasks[id]?.title ?? ''}`.trim()) };
}

/** Whoever reviews a corrective action plan, or verifies what came of it, is shown it. */
function planOf(state: ProgramState, { kind, findingId }: Task): { plan?: CorrectiveActionPlan } {
  const shown = kind === 'planReview' || kind === 'verification' || kind === 'effectivenessCheck';
  const plan = shown ? state.findings[findingId as string]?.plan : undefined;
  return plan ? { plan } : {};
}

function taskOf(state: ProgramState, taskId: string): Task {
  return state.tasks[taskId] as Task;
}

function inMail({
  id,
  kind,
  title,
  requirementId,
  systemId,
  auditId,
  findingId,
  priority,
  dueOn,
  status,
}: Task): TaskInMail {
  return { id, kind, title, requirementId, systemId, auditId, findingId, priority, dueOn, status };
}

/** Who beside the assignee hears of the task next, and when: what happens if nothing is done. */
function next(state: ProgramState, task: Task): { next?: NextRung } {
  const firstEscalation = state.ladder.reminderDays.length + 1;
  const weekly = firstEscalation + state.ladder.escalations.length;
  const from = Math.max(task.nextRung, firstEscalation);
  for (let index = from; index <= Math.max(from, weekly); index++) {
    const rung = index === task.nextRung ? nextRung(task, state) : rungOf(task, index, state);
    const others = rung.level === 0 ? [] : hearers(task, rung, state).filter((email) => email !== task.assignee);
    if (others.length > 0)
      return { next: { on: rung.on, who: others.map((email) => nameOf(state, email)).join(', ') } };
  }
  return {};
}
