import { mustBeRequirement, mustSay } from '../checks.ts';
import type { Draft } from '../draft.ts';
import { mustBeOfOrganization } from '../people/people.ts';
import { refuse, wrong } from '../refusal.ts';
import { requirementOutline } from '../standards/outline.ts';
import { GapAssessmentCompleted } from './GapAssessmentCompleted.ts';
import { RequirementRated } from './RequirementRated.ts';
import type { ApplicabilityEntry, Rating, RequirementStatus } from './requirement.ts';
import { requirementsOf } from './requirements.ts';

/** A rating, with the number of its requirement. */
export type NumberedRating = { requirementId: string } & Rating;

/** Rates a requirement: refuses an owner who is not of the organization, and a clause that does not apply. */
export function rate(draft: Draft, { requirementId, ...rating }: NumberedRating): void {
  const { status, priority, gap, effortDays, owner } = rating;
  mustBeRequirement(draft.state, requirementId, 'requirementId');
  mustBeOfOrganization(draft.state, owner, 'owner');
  if (status === 'notApplicable' && !isControl(draft, requirementId)) {
    wrong('applicability', 'clauseAlwaysApplies', { requirementId });
  }
  if (status !== 'conforms') mustSay(gap, 'gap');
  else if (gap.trim()) draft.warn('rating', 'conformsWithGap', { requirementId });
  draft.emit(RequirementRated, { requirementId, status, priority, gap, effortDays, owner });
}

/** Sums up the ratings and begins the statement of applicability; refused while a requirement is not rated. */
export function completeAssessment(draft: Draft): void {
  const unrated = unratedOf(draft);
  if (unrated.length > 0) refuse('gapAssessment', 'unratedRequirements', { unrated });
  const ratings = ratingsOf(draft);
  const counts: Record<RequirementStatus, number> = { conforms: 0, partial: 0, missing: 0, notApplicable: 0 };
  for (const { status } of ratings) counts[status]++;
  const effortDays = ratings.reduce((sum, rating) => sum + rating.effortDays, 0);
  draft.emit(GapAssessmentCompleted, { counts, effortDays, applicability: beginApplicability(draft, ratings) });
}

/** The numbers of the requirements that are not rated. */
export function unratedOf(draft: Draft): string[] {
  return Object.entries(requirementsOf(draft.state)).flatMap(([id, { rating }]) => (rating ? [] : [id]));
}

/** Whether a requirement is a control: whether it applies is for the organization to say. */
export function isControl(draft: Draft, requirementId: string): boolean {
  return requirementOutline(draft.state.standard.id, requirementId)?.kind === 'control';
}

function ratingsOf(draft: Draft): NumberedRating[] {
  return Object.entries(requirementsOf(draft.state)).flatMap(([requirementId, { rating }]) =>
    rating ? [{ requirementId, ...rating }] : [],
  );
}

const implementationOf: Record<RequirementStatus, ApplicabilityEntry['implementation']> = {
  conforms: 'implemented',
  partial: 'partial',
  missing: 'planned',
  notApplicable: 'notApplicable',
};

/** A first statement of applicability from the ratings of the controls; what was decided before stays. */
function beginApplicability(draft: Draft, ratings: NumberedRating[]): Record<string, ApplicabilityEntry> {
  const entries = ratings
    .filter(({ requirementId }) => isControl(draft, requirementId))
    .map(({ requirementId, status, gap }): [string, ApplicabilityEntry] => {
      const applicable = status !== 'notApplicable';
      const justification = applicable ? draft.say('controlApplies', {}) : gap;
      return [requirementId, { applicable, justification, implementation: implementationOf[status] }];
    });
  return { ...Object.fromEntries(entries), ...draft.state.applicability };
}
