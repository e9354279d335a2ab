import { phase } from './phase.ts';

/** The gap assessment: every requirement is rated; then the implementation begins. Its chapter is in `domain/story.ts`. */
export const gapAssessment = phase('gapAssessment');
