import { step } from '../registry/command.ts';
import { layOutCycle } from './cycle.ts';

/** The first step of a surveillance cycle. */
export const planCycle = step()('planCycle', layOutCycle);
