import { Type } from 'typebox';
import { record } from '../registry/record.ts';
import { ratingFields } from './requirement.ts';
import { requirementState, withRequirement } from './requirements.ts';

/** How the organization stands to a requirement. */
export const RequirementRated = record('RequirementRated', {
  data: { requirementId: Type.String(), ...ratingFields },
  leavesTask: false,
  apply: (state, { requirementId, ...rating }) =>
    withRequirement(state, requirementId, { ...requirementState(state, requirementId), rating }),
});
