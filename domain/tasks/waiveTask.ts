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
    // What the gate to Stage 1 waits for would be asked of nobody.
    if (task.kind === 'managementReview' && draft.state.phase === 'internalAudit' && draft.state.reviews.length === 0)
      refuse('R2', 'gateNeedsReview', { taskId });
    draft.emit(TaskWaived, { taskId, reason: why, ...(task.round ? { round: task.round } : {}) });
  },
});

/**
 * A round that is waived is counted from when it would have been due. What was asked for beside a round, as by a change,
 * moves none: in the first version it did, and what was recorded then still does.
 */
export const TaskWaived = record('TaskWaived', {
  data: {
    taskId: Type.String(),
    reason: Type.String(),
    round: Type.Optional(Type.String()),
    anyRound: Type.Optional(Type.Literal(true)),
  },
  version: 2,
  upcasts: { 1: (data) => ({ ...data, anyRound: true }) },
  leavesTask: 'waived',
  apply(state, { taskId, round: own, anyRound }, { today }) {
    const ended = endTask(state, taskId, 'waived', today);
    const task = state.tasks[taskId];
    const round = anyRound ? task && roundOf(task) : own;
    return round && task ? { ...ended, waivedRounds: { ...ended.waivedRounds, [round]: task.dueOn } } : ended;
  },
});
