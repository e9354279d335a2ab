import { Type } from 'typebox';
import { own } from '../basics.ts';
import { assess } from '../changes/assessing.ts';
import { refuse, wrong } from '../refusal.ts';
import { command } from '../registry/command.ts';
import { id, reason } from '../registry/fields.ts';
import { record } from '../registry/record.ts';
import { manager } from '../registry/roles.ts';
import { say } from '../say.ts';
import { TaskCancelled } from '../tasks/TaskCancelled.ts';
import type { TaskKind } from '../tasks/task.ts';

/** What happened with a system is still dealt with after it was retired, and its cause found. */
const outliving: readonly TaskKind[] = ['incident', 'complaint'];

export const retireAiSystem = command('retireAiSystem', {
  summary: 'Retire an AI system; this closes its impact assessment',
  payload: { systemId: id, reason: Type.Optional(reason) },
  roles: [...manager, 'owner'],
  address: { does: 'remove', path: '/ai-systems/:systemId', gives: 'program' },
  example: {
    at: 'implementation',
    by: 'owner',
    payload: { systemId: 'assistant', reason: 'People answer the customers again.' },
  },
  decide(draft, { systemId, reason: why }) {
    const system = own(draft.state.aiSystems, systemId);
    if (!system) wrong('unknown', 'noSuchSystem', { systemId }, 'systemId');
    const { name, retiredOn } = system;
    if (retiredOn) refuse('state', 'systemRetiredAlready', { systemId, retiredOn });
    draft.emit(AiSystemRetired, { systemId, ...(why ? { reason: why } : {}) });
    for (const { id: taskId, kind } of draft.openTasksOf(undefined, { systemId })) {
      if (outliving.includes(kind)) continue;
      draft.emit(TaskCancelled, { taskId, reason: draft.say('systemRetired', { name }) });
    }
    const what = say('systemRetired', { name, ...(why ? { reason: why } : {}) });
    assess(draft, { change: 'systemRetired', what, systemId });
  },
});

export const AiSystemRetired = record('AiSystemRetired', {
  data: { systemId: Type.String(), reason: Type.Optional(Type.String()) },
  leavesTask: false,
  apply(state, { systemId }, { today }) {
    const system = state.aiSystems[systemId];
    if (!system) return state;
    return { ...state, aiSystems: { ...state.aiSystems, [systemId]: { ...system, retiredOn: today } } };
  },
});
