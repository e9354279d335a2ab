import { mustHaveBegun } from '../checks.ts';
import { command } from '../registry/command.ts';
import { id } from '../registry/fields.ts';
import { assessors } from '../registry/roles.ts';
import { mustBeAssessing } from './assessing.ts';
import { rate } from './rating.ts';
import { ratingFields } from './requirement.ts';

export const rateRequirement = command('rateRequirement', {
  summary: 'Rate a requirement',
  payload: { requirementId: id, ...ratingFields },
  roles: assessors,
  address: { does: 'replace', path: '/gap-assessment/:requirementId' },
  example: {
    at: 'gapAssessment',
    by: 'consultant',
    payload: {
      requirementId: '5.2',
      status: 'missing',
      priority: 'critical',
      gap: 'There is no AI policy yet.',
      effortDays: 8,
      owner: 'owner@example.com',
    },
  },
  decide(draft, rating) {
    mustHaveBegun(draft.state);
    mustBeAssessing(draft);
    rate(draft, rating);
  },
});
