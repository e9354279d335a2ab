import { phase } from './phase.ts';

/** The internal audit and the management review, until the gate to Stage 1 opens (R2). Its chapter is in `domain/story.ts`. */
export const internalAudit = phase('internalAudit');
