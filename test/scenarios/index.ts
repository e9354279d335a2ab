import { auditsGoneWrong } from './audits.ts';
import { certificates } from './certificate.ts';
import type { Group } from './support/scenario.ts';

/** The table of scenarios: every bad day of a certification, on the real service. */
export const groups: Group[] = [auditsGoneWrong, certificates];
