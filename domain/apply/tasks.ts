import { firstRungAhead } from '../ladder.ts';
import { roundOf } from '../rules/cadence.ts';
import { waitingFor } from '../rules/dependencies.ts';
import type { ProgramState, Task } from '../types/index.ts';
import { type Appliers, change, changeTask, counted } from './handler.ts';

/** Records of tasks: asked, answered, reminded, done. */
export const taskAppliers: Appliers<
  | 'TaskOpened'
  | 'EvidenceSubmitted'
  | 'EvidenceAccepted'
  | 'EvidenceRejected'
  | 'TaskReassigned'
  | 'TaskExtended'
  | 'TaskAcknowledged'
  | 'TaskDependenciesSet'
  | 'TaskReleased'
  | 'TaskWaived'
  | 'TaskCancelled'
  | 'TaskCompleted'
  | 'TaskReminded'
  | 'TaskEscalated'
  | 'ReviewReminded'
> = {
  TaskOpened: (state, { task }) => {
    const opened = { ...state, tasks: { ...state.tasks, [task.id]: task }, counters: counted(state, task.id) };
    // A new decision task means that an earlier decision (delayed) is to be taken again; one on a scope stands apart.
    const ofCertification = task.kind === 'decision' && state.audits[task.auditId ?? '']?.kind !== 'special';
    return ofCertification ? { ...opened, decision: undefined } : opened;
  },
  EvidenceSubmitted: (state, { taskId, evidence }) =>
    changeTask(state, taskId, { status: 'submitted', evidence, reviewFrom: undefined, reviewReminders: 0 }),
  EvidenceAccepted: (state, { taskId }, { today }) =>
    evidenced(ended(state, taskId, 'accepted', today), state.tasks[taskId] as Task, today),
  // Rungs that passed while the reviewers had it are skipped: the owner could not have acted.
  EvidenceRejected: (state, { taskId }, { at }) =>
    change(state, 'tasks', taskId, ({ evidence: _, ...task }) => ({
      ...task,
      status: 'open',
      nextRung: Math.max(task.nextRung, firstRungAhead(task, at, state)),
    })),
  TaskReassigned: (state, { taskId, to }) => changeTask(state, taskId, { assignee: to }),
  TaskExtended: (state, { taskId, dueOn }, { at }) =>
    change(state, 'tasks', taskId, (task) => {
      const extended = { ...task, dueOn, escalationLevel: 0 };
      return { ...extended, nextRung: firstRungAhead(extended, at, state) };
    }),
  TaskAcknowledged: (state, { taskId, expectedOn, ladderShift }) =>
    changeTask(state, taskId, { expectedOn, ladderShift }),
  // An empty list lets it go at the end of the same command.
  TaskDependenciesSet: (state, { taskId, dependsOn }) =>
    change(state, 'tasks', taskId, ({ waitsFor, ...task }) => ({
      ...task,
      dependsOn,
      ...(waitsFor || dependsOn.length > 0 ? { waitsFor: dependsOn } : {}),
    })),
  // Rungs that passed while it waited are skipped: the owner could not have begun, nor the reviewer have accepted.
  TaskReleased: (state, { taskId, dueOn, previousDueOn }, { at, today }) =>
    change(state, 'tasks', taskId, ({ waitsFor: _, ...task }) => {
      if (task.status === 'submitted') return { ...task, reviewFrom: today };
      const released = { ...task, dueOn, ...(dueOn === previousDueOn ? {} : { escalationLevel: 0 }) };
      const ahead = firstRungAhead(released, at, state);
      return { ...released, nextRung: dueOn === previousDueOn ? Math.max(task.nextRung, ahead) : ahead };
    }),
  TaskWaived: (state, { taskId }, { today }) =>
    letGo(ended(state, taskId, 'waived', today), state.tasks[taskId] as Task),
  TaskCancelled: (state, { taskId }, { today }) => ended(state, taskId, 'cancelled', today),
  TaskCompleted: (state, { taskId }, { today }) => ended(state, taskId, 'accepted', today),
  TaskReminded: (state, { taskId, rung }) => changeTask(state, taskId, { nextRung: rung + 1 }),
  TaskEscalated: (state, { taskId, rung, level }) =>
    changeTask(state, taskId, { nextRung: rung + 1, escalationLevel: level }),
  ReviewReminded: (state, { taskId, count }) => changeTask(state, taskId, { reviewReminders: count }),
};

function ended(state: ProgramState, taskId: string, status: Task['status'], today: string): ProgramState {
  // What was handed in stays in the register; the state carries only what later decisions need.
  const closed = change(state, 'tasks', taskId, ({ evidence: _, waitsFor: __, ...task }) => ({
    ...task,
    status,
    closedOn: today,
  }));
  const waiting = waitingFor(closed.tasks, taskId);
  if (waiting.length === 0) return closed;
  const fewer = waiting.map((task) => [task.id, { ...task, waitsFor: task.waitsFor?.filter((id) => id !== taskId) }]);
  return { ...closed, tasks: { ...closed.tasks, ...Object.fromEntries(fewer) } };
}

/** A round that is waived is counted from when it would have been due. */
function letGo(state: ProgramState, task: Task): ProgramState {
  const round = roundOf(task);
  return round ? { ...state, waivedRounds: { ...state.waivedRounds, [round]: task.dueOn } } : state;
}

function evidenced(state: ProgramState, task: Task, today: string): ProgramState {
  if (task.kind === 'impactAssessment' && task.systemId) {
    const system = state.aiSystems[task.systemId];
    return system
      ? { ...state, aiSystems: { ...state.aiSystems, [system.id]: { ...system, assessedOn: today } } }
      : state;
  }
  if (task.kind !== 'evidence' || !task.requirementId) return state;
  const validUntil = task.evidence?.validUntil;
  const evidence = { taskId: task.id, acceptedOn: today, ...(validUntil ? { validUntil } : {}) };
  const requirement = { ...state.requirements[task.requirementId], evidence };
  return {
    ...state,
    requirements: { ...state.requirements, [task.requirementId]: requirement },
    firstEvidenceOn: state.firstEvidenceOn ?? today,
  };
}
