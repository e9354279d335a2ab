import { type IsoDate, own } from '../basics.ts';
import type { Draft, TaskRequest } from '../draft.ts';
import { say, type Text } from '../say.ts';
import { requirementOutline } from '../standards/outline.ts';
import { slotOf } from '../standards/slots.ts';
import { EvidenceRejected } from '../tasks/EvidenceRejected.ts';
import { ownerOf } from './owner.ts';
import type { AssessmentSayings } from './sayings.ts';

/** A request without its due date. */
export type UndatedRequest = Omit<TaskRequest, 'dueOn'>;

/** For what the evidence of a requirement is asked for again. */
export type EvidenceAsk = AssessmentSayings['showEvidenceAgain']['what'];

/** What asks for the impact assessment of a system; undefined where the standard asks for none, or it is not in scope. */
export function impactAssessmentOf(draft: Draft, systemId: string): UndatedRequest | undefined {
  const requirementId = slotOf(draft.state, 'impactAssessment');
  const system = own(draft.state.aiSystems, systemId);
  if (requirementId === undefined || !system) return undefined;
  return {
    kind: 'impactAssessment',
    title: say('assessImpactOf', { name: system.name }),
    requirementId,
    systemId,
    assignee: ownerOf(draft, requirementId),
    priority: system.risk === 'high' ? 'critical' : 'high',
  };
}

/** Asks the owner of a requirement for its evidence again, unless that is asked for already or the control is ruled out. */
export function askForEvidence(
  draft: Draft,
  requirementId: string,
  what: EvidenceAsk,
  dueOn: IsoDate,
  why: Text,
  round?: string,
): void {
  if (draft.state.applicability[requirementId]?.applicable === false) return;
  if (draft.openTasksOf('evidence', { requirementId }).length > 0) return;
  const { title = '' } = requirementOutline(draft.state.standard.id, requirementId) ?? {};
  const asked = say('showEvidenceAgain', { requirementId, title, what });
  const assignee = ownerOf(draft, requirementId);
  draft.openTask(
    { kind: 'evidence', title: asked, requirementId, assignee, dueOn, priority: 'high', ...(round ? { round } : {}) },
    why,
  );
}

/** Asks for the impact assessment of a system, unless that is asked for already. */
export function askForAssessment(draft: Draft, systemId: string, dueOn: IsoDate, why: Text, round?: string): void {
  const request = impactAssessmentOf(draft, systemId);
  if (!request || draft.openTasksOf('impactAssessment', { systemId }).length > 0) return;
  draft.openTask({ ...request, dueOn, ...(round ? { round } : {}) }, why);
}

/** Sends back what was submitted and not yet reviewed: it describes what was before. */
export function sendBack(draft: Draft, of: { requirementId: string } | { systemId: string }, why: string): void {
  const kind = 'systemId' in of ? 'impactAssessment' : 'evidence';
  for (const { id: taskId, status } of draft.openTasksOf(kind, of)) {
    if (status === 'submitted') draft.emit(EvidenceRejected, { taskId, note: why });
  }
}
