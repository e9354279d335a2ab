import { phase } from './phase.ts';

/** The implementation: owners are asked for evidence of what is missing, until all of it is accepted or waived. Its chapter is in `domain/story.ts`. */
export const implementation = phase('implementation');
