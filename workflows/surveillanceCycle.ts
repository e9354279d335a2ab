import { phase } from './phase.ts';

/** A cycle of surveillances and the recertification, and after it the next, for ever (R1, R10, R11, R15). Its chapter is in `domain/story.ts`. */
export const surveillanceCycle = phase('surveillanceCycle');
