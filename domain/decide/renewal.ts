import { requirementOutline } from '../standards/outline.ts';
import type { IsoDate } from '../types/index.ts';
import type { Draft } from './draft.ts';
import { impactAssessmentOf, ownerOf } from './gapAssessment.ts';

/** Asks the owner of a requirement for its evidence again, unless that is asked for already. */
export function askForEvidence(draft: Draft, requirementId: string, what: string, dueOn: IsoDate, why: string): void {
  if (draft.openTasksOf('evidence', {}).some((task) => task.requirementId === requirementId)) return;
  const title = `${requirementId} ${requirementOutline(draft.state.standard.id, requirementId)?.title}: ${what}`;
  const assignee = ownerOf(draft, requirementId);
  draft.openTask({ kind: 'evidence', title, requirementId, assignee, dueOn, priority: 'high' }, why);
}

/** Asks for the impact assessment of a system, unless that is asked for already. */
export function askForAssessment(draft: Draft, systemId: string, dueOn: IsoDate, why: string): void {
  if (draft.openTasksOf('impactAssessment', { systemId }).length > 0) return;
  draft.openTask({ ...impactAssessmentOf(draft, systemId), dueOn }, why);
}

/** Sends back what was handed in and not yet reviewed: it describes what was before. */
export function sendBack(draft: Draft, of: { requirementId?: string; systemId?: string }, why: string): void {
  const kind = of.systemId ? 'impactAssessment' : 'evidence';
  for (const task of draft.openTasksOf(kind, {})) {
    const concerned = of.systemId ? task.systemId === of.systemId : task.requirementId === of.requirementId;
    if (!concerned || task.status !== 'submitted') continue;
    draft.emit({ type: 'EvidenceRejected', data: { taskId: task.id, note: why } });
  }
}
