import { mustBeInPhase } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { refuse } from '../refusal.ts';

/** Refuses outside the gap assessment: it is in its phase, or comes later in a program that was taken over without it. */
export function mustBeAssessing(draft: Draft): void {
  if (draft.openTasksOf('gapAssessment', {}).length > 0) return;
  const { gapAssessmentCompletedOn: completedOn } = draft.state;
  if (completedOn) refuse('state', 'gapAssessmentIsOver', { completedOn });
  mustBeInPhase(draft.state, 'gapAssessment');
}
