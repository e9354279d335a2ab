import type { IsoDate } from '../basics.ts';
import type { ProgramState } from '../state.ts';
import type { Task } from '../tasks/task.ts';
import { requirementState, withRequirement } from './requirements.ts';

/** What accepted evidence shows: that a system was assessed, or that a requirement is met. `task` is as it was before. */
export function evidenceAccepted(state: ProgramState, task: Task | undefined, today: IsoDate): ProgramState {
  if (task?.kind === 'impactAssessment' && task.systemId) {
    const system = state.aiSystems[task.systemId];
    if (!system) return state;
    return { ...state, aiSystems: { ...state.aiSystems, [system.id]: { ...system, assessedOn: today } } };
  }
  if (task?.kind !== 'evidence' || !task.requirementId) return state;
  const validUntil = task.status === 'submitted' ? task.evidence.validUntil : undefined;
  const evidence = { taskId: task.id, acceptedOn: today, ...(validUntil ? { validUntil } : {}) };
  const met = { ...requirementState(state, task.requirementId), evidence };
  return {
    ...withRequirement(state, task.requirementId, met),
    firstEvidenceOn: state.firstEvidenceOn ?? today,
  };
}
