import { auditsGoneWrong } from './audits.ts';
import { badInput } from './badInput.ts';
import { cadences } from './cadences.ts';
import { calendars } from './calendars.ts';
import { certificates } from './certificate.ts';
import { changes } from './changes.ts';
import { mails } from './mails.ts';
import { comings } from './people.ts';
import { plans } from './plan.ts';
import type { Group } from './support/scenario.ts';
import { suspensions } from './suspensions.ts';
import { toldOtherwise } from './told.ts';
import { underWay } from './underWay.ts';
import { waysOn } from './waysOn.ts';

/** The table of scenarios: every bad day of a certification, on the real service. */
export const groups: Group[] = [
  auditsGoneWrong,
  waysOn,
  certificates,
  suspensions,
  toldOtherwise,
  changes,
  plans,
  calendars,
  comings,
  underWay,
  cadences,
  mails,
  badInput,
];
