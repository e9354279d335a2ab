import { auditsGoneWrong } from './audits.ts';
import { badInput } from './badInput.ts';
import { cadences } from './cadences.ts';
import { certificates } from './certificate.ts';
import { changes } from './changes.ts';
import { plans } from './plan.ts';
import type { Group } from './support/scenario.ts';
import { suspensions } from './suspensions.ts';
import { underWay } from './underWay.ts';

/** The table of scenarios: every bad day of a certification, on the real service. */
export const groups: Group[] = [
  auditsGoneWrong,
  certificates,
  suspensions,
  changes,
  plans,
  underWay,
  cadences,
  badInput,
];
