import { Type } from 'typebox';
import { withWork } from '../people/work.ts';
import { record } from '../registry/record.ts';
import { ratingFields } from './requirement.ts';
import { requirementState, withRequirement } from './requirements.ts';

/** How the organization stands to a requirement. */
export const RequirementRated = record('RequirementRated', {
  data: { requirementId: Type.String(), ...ratingFields },
  leavesTask: false,
  apply(state, { requirementId, ...rating }, { today }) {
    const rated = withRequirement(state, requirementId, { ...requirementState(state, requirementId), rating });
    const owner = requirementState(state, requirementId)?.rating?.owner;
    return owner && owner !== rating.owner ? withWork(rated, owner, [requirementId], today) : rated;
  },
});
