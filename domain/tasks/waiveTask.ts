import { Type } from 'typebox';
import { mustSay } from '../checks.ts';
import { refuse } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { id, reason } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { manager } from '../registry/roles.ts';
import { roundOf } from '../rules/cadence.ts';
import { takesEvidence } from './answering.ts';
import { endTask } from './ending.ts';
import { mustBeUnended } from './opened.ts';

export const waiveTask = command('waiveTask', {
  summary: 'Waive it',
  payload: { taskId: id, reason },
  roles: manager,
  address: { does: 'act', path: '/tasks/:taskId/waive', gives: 'task' },
  example: {
    at: 'implementation',
    by: 'programManager',
    payload: { taskId: 'T-2', reason: 'Covered by the evidence of 7.5.2.' },
  },
  decide(draft, { taskId, reason: why }) {
    const task = mustBeUnended(draft, taskId);
    mustSay(why, 'reason');
    if (task.bodyDeadline) refuse('R7', 'owedToBody', { taskId });
    if (!takesEvidence(task.kind) && task.kind !== 'managementReview' && task.kind !== 'earlierAudit')
      refuse('state', 'cannotBeWaived', { taskId, kind: task.kind });
    draft.emit(TaskWaived, { taskId, reason: why });
  },
});

/** A round that is waived is counted from when it would have been due. */
export const TaskWaived = record('TaskWaived', {
  data: { taskId: Type.String(), reason: Type.String() },
  leavesTask: 'waived',
  apply(state, { taskId }, { today }) {
    const ended = endTask(state, taskId, 'waived', today);
    const task = state.tasks[taskId];
    const round = task && roundOf(task);
    return round ? { ...ended, waivedRounds: { ...ended.waivedRounds, [round]: task.dueOn } } : ended;
  },
});
