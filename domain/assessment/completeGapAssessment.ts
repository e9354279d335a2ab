import { mustHaveBegun } from '../checks.ts';
import { command } from '../registry/command.ts';
import { assessors } from '../registry/roles.ts';
import { say } from '../say.ts';
import { mustBeAssessing } from './assessing.ts';
import { completeAssessment } from './rating.ts';

export const completeGapAssessment = command('completeGapAssessment', {
  summary: 'Complete the gap assessment; the work that it calls for is laid out',
  payload: {},
  roles: assessors,
  address: { does: 'act', path: '/gap-assessment/complete', gives: 'program' },
  example: { at: 'gapAssessmentRated', by: 'consultant', payload: {} },
  decide(draft) {
    mustHaveBegun(draft.state);
    mustBeAssessing(draft);
    completeAssessment(draft);
    draft.complete('gapAssessment', {}, say('gapAssessmentCompleted', {}));
  },
});
