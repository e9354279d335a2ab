import { phase } from './phase.ts';

/** Stage 1 and Stage 2, as often as the rules ask for them (R2, R3, R6), and the decision (R5, R8). Its chapter is in `domain/story.ts`. */
export const certificationAudit = phase('certificationAudit');
