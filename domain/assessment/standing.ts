import type { IsoDate } from '../basics.ts';
import { standardOutline } from '../standards/outline.ts';
import type { RequirementOutline } from '../standards/types.ts';
import type { ProgramState } from '../state.ts';
import { openTasks } from '../tasks/queries.ts';
import type { UnendedTask } from '../tasks/task.ts';
import type { AcceptedEvidence, ApplicabilityEntry, Rating } from './requirement.ts';
import { requirementState } from './requirements.ts';

/**
 * What is shown for a requirement: evidence that was accepted and holds, holds no more (its validity ended, or a change made
 * it stale), or none that was accepted.
 */
export type Evidenced = 'accepted' | 'expired' | 'stale' | 'none';

/** How a program stands to one requirement: what it says of itself, and what was shown, apart. */
export interface RequirementStanding {
  outline: RequirementOutline;
  applies: boolean;
  /** Declared. */
  rating?: Rating | undefined;
  applicability?: ApplicabilityEntry | undefined;
  /** Shown. */
  evidenced: Evidenced;
  evidence?: AcceptedEvidence | undefined;
  /** What is asked for or in review now, beside what was accepted before. */
  open: UnendedTask[];
  inReview: boolean;
}

/** How a program stands to each requirement, in the order of the standard. */
export function standings(state: ProgramState, today: IsoDate): RequirementStanding[] {
  const open = new Map<string, UnendedTask[]>();
  for (const task of openTasks(state)) {
    if (task.requirementId) open.set(task.requirementId, [...(open.get(task.requirementId) ?? []), task]);
  }
  return standardOutline(state.standard.id).requirements.map((outline) =>
    standing(state, outline, open.get(outline.id) ?? [], today),
  );
}

function standing(
  state: ProgramState,
  outline: RequirementOutline,
  open: UnendedTask[],
  today: IsoDate,
): RequirementStanding {
  const { rating, evidence } = requirementState(state, outline.id) ?? {};
  const applicability = state.applicability[outline.id];
  const asked = open.filter(({ kind }) => kind === 'evidence' || kind === 'impactAssessment');
  return {
    outline,
    applies: applicability?.applicable ?? rating?.status !== 'notApplicable',
    rating,
    applicability,
    evidenced: evidencedBy(evidence, today),
    evidence,
    open,
    inReview: asked.some(({ status }) => status === 'submitted'),
  };
}

function evidencedBy(evidence: AcceptedEvidence | undefined, today: IsoDate): Evidenced {
  if (!evidence) return 'none';
  if (evidence.staleSince) return 'stale';
  return evidence.validUntil && evidence.validUntil < today ? 'expired' : 'accepted';
}
