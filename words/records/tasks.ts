import { nameOf, person } from '../../domain/people/people.ts';
import type { RecordMap } from '../../domain/registry.ts';
import type { ProgramState } from '../../domain/state.ts';
import { because, count, list } from '../phrases.ts';
import { asked, dated, inMail, next, ofTask } from './asking.ts';
import { later, overdue, silent, type Telling, type WordsOfRecords } from './entry.ts';
import { shown } from './files.ts';
import { askedToReview, managers } from './recipients.ts';

/** How the records of tasks read, and who hears of them. */
export const taskRecords = {
  TaskOpened: {
    line: ({ task }) => `${task.id} "${task.title}" opened for ${task.assignee}, due ${task.dueOn}`,
    tells: (state, { task, why }) => [asked(state, task, why)],
  },
  EvidenceSubmitted: {
    line: ({ taskId, evidence }) =>
      `Evidence for ${taskId} submitted by ${evidence.by} with ${shown(evidence.links, evidence.files)}`,
    tells: (state, { taskId, evidence: { by, links, files = [], note } }) =>
      ofTask(state, taskId, (task) => {
        const named = files.map(({ name, bytes }) => ({ name, bytes }));
        const shownThere = { by: nameOf(state, by), links, ...(named.length > 0 ? { files: named } : {}), note };
        const item = { kind: 'evidenceToReview' as const, task: inMail(task), ...shownThere };
        return [later(askedToReview(state, by), item)];
      }),
  },
  EvidenceTakenBack: {
    line: ({ taskId, reason }) => `Evidence for ${taskId} taken back: ${reason}`,
    tells: silent,
  },
  EvidenceAccepted: {
    line: ({ taskId, note }) => `Evidence for ${taskId} accepted${because(note)}`,
    tells: (state, { taskId, note }) => ended(state, taskId, 'accepted', note),
  },
  EvidenceRejected: {
    line: ({ taskId, note }) => `Evidence for ${taskId} rejected${because(note)}`,
    tells: (state, { taskId, note }) =>
      ofTask(state, taskId, (task) => [
        later([task.assignee], { kind: 'evidenceRejected', task: inMail(task), note, ...next(state, task) }),
      ]),
  },
  TaskReassigned: {
    line: ({ taskId, from, to, reason }) => `${taskId} reassigned from ${from} to ${to}${because(reason)}`,
    tells: reassigned,
  },
  TaskExtended: {
    line: ({ taskId, dueOn, previousDueOn, reason }) =>
      `${taskId} extended from ${previousDueOn} to ${dueOn}: ${reason}`,
    tells: (state, { taskId, reason }) =>
      ofTask(state, taskId, (task) => [later([task.assignee], { kind: 'taskExtended', task: inMail(task), reason })]),
  },
  TaskAcknowledged: {
    line: ({ taskId, expectedOn }) => `${taskId} acknowledged, expected on ${expectedOn}`,
    tells: silent,
  },
  TaskDeclined: {
    line: ({ taskId, reason }) => `${taskId} declined: ${reason}`,
    tells: (state, { taskId, reason, by: sender }) =>
      ofTask(state, taskId, (task) => {
        const by = nameOf(state, sender ?? task.assignee);
        return [later(managers(state), { kind: 'taskDeclined', task: inMail(task), by, reason })];
      }),
  },
  TaskDependenciesSet: {
    line: ({ taskId, dependsOn }) =>
      dependsOn.length > 0 ? `${taskId} waits for ${list(dependsOn)}` : `${taskId} no longer waits for other tasks`,
    tells: (state, { taskId, dependsOn }) =>
      dependsOn.length === 0
        ? []
        : ofTask(state, taskId, (task) => [asked(state, task, 'Other tasks have to be done first.')]),
  },
  TaskReleased: {
    line: ({ taskId, why, dueOn }) => `${taskId} can begin and is due ${dueOn}: ${why}`,
    tells: (state, { taskId, why }) =>
      ofTask(state, taskId, (task) => (task.status === 'open' ? [asked(state, task, why)] : [])),
  },
  TaskWaived: {
    line: ({ taskId, reason }) => `${taskId} waived: ${reason}`,
    tells: (state, { taskId, reason }) => ended(state, taskId, 'waived', reason),
  },
  TaskCancelled: {
    line: ({ taskId, reason }) => `${taskId} cancelled: ${reason}`,
    tells: (state, { taskId, reason }) => ended(state, taskId, 'cancelled', reason),
  },
  TaskCompleted: {
    line: ({ taskId, how }) => `${taskId} completed: ${how}`,
    tells: silent,
  },
  TaskReminded: {
    line: ({ taskId, dueIn, to }) =>
      `${list(to)} reminded of ${taskId}, ${dueIn === 0 ? 'due now' : `due in ${count(dueIn, 'day')}`}`,
    tells: reminded,
  },
  TaskEscalated: {
    line: ({ taskId, level, workingDays, to }) =>
      `${taskId} is ${count(workingDays, 'working day')} overdue and was escalated to level ${level}: ${list(to) || 'nobody was told, as it was proposed to pause or cancel the program'}`,
    tells: (state, { taskId, to, level, workingDays }) =>
      ofTask(state, taskId, (task) => {
        const assignee = nameOf(state, task.assignee);
        const item = { kind: 'taskEscalated' as const, task: inMail(task), assignee, level, workingDays };
        return [overdue(to, { ...item, ...next(state, task) })];
      }),
  },
  LadderEnded: {
    line: ({ taskId, to }) =>
      to.length > 0
        ? `${list(to)} told for the last time that ${taskId} is overdue`
        : `Nobody is told of ${taskId} any more, for nobody has done anything for a month`,
    tells: (state, { taskId, to }) =>
      ofTask(state, taskId, (task) => [
        overdue(to, { kind: 'taskLeft', task: inMail(task), assignee: nameOf(state, task.assignee) }),
      ]),
  },
  ReviewReminded: {
    line: ({ taskId, count: reminder, to }) => `${list(to)} reminded to review ${taskId} (reminder ${reminder})`,
    tells: (state, { taskId, count: reminder, to }) =>
      ofTask(state, taskId, (task) => [later(to, { kind: 'reviewReminder', task: inMail(task), count: reminder })]),
  },
} satisfies Partial<WordsOfRecords>;

function ended(state: ProgramState, taskId: string, how: 'accepted' | 'waived' | 'cancelled', note: string): Telling[] {
  return ofTask(state, taskId, (task) => [
    later([task.assignee], { kind: 'taskEnded', task: inMail(task), how, note }),
  ]);
}

/** Before the due date in the next digest; once the task is due, at once. */
function reminded(state: ProgramState, { taskId, rung, dueIn, to }: RecordMap['TaskReminded']): Telling[] {
  return ofTask(state, taskId, (task) =>
    rung >= state.ladder.reminderDays.length
      ? [overdue(to, { kind: 'taskOverdue', task: inMail(task), ...next(state, task) })]
      : [later(to, { kind: 'taskReminder', task: dated(state, task), dueIn, ...next(state, task) })],
  );
}

/** Whoever has the task now is asked; whoever had it is told, unless they left: then nobody chose it task by task. */
function reassigned(state: ProgramState, { taskId, from, to, reason }: RecordMap['TaskReassigned']): Telling[] {
  return ofTask(state, taskId, (before) => {
    const task = { ...before, assignee: to };
    const why = reason ?? `Reassigned from ${nameOf(state, from)}.`;
    const told = { ...asked(state, task, why), ...(reason ? { evenActor: true } : {}) };
    if (!person(state, from)) return [told];
    return [told, later([from], { kind: 'taskHandedOn', task: inMail(task), to: nameOf(state, to) })];
  });
}
