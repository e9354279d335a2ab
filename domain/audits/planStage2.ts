import type { IsoDate } from '../basics.ts';
import { addDays, latest } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { PhasePlanned } from '../program/PhasePlanned.ts';
import { step } from '../registry/command.ts';
import { plannedStages } from '../rules/plan.ts';
import { type Saying, say } from '../say.ts';
import { giveUpMissedStage2 } from './missing.ts';
import { planAuditOf } from './planning.ts';
import { heldAuditOf, outdatedStage2 } from './queries.ts';

/** Days after which a Stage 2 is meant to be that no plan foresaw: one done again, or one after a lapse. */
const unforeseenDays = 30;

/** The step after Stage 1, and whenever a Stage 2 is done again. */
export const planStage2 = step()('planStage2', (draft) => {
  giveUpMissedStage2(draft);
  const { targetOn, why } = nextStage2(draft);
  planAuditOf(draft, 'stage2', { targetOn }, why);
  // No Stage 1 was planned in this phase: after a lapse, or where it was held before the program was taken over.
  if (!draft.state.phasePlanned) draft.emit(PhasePlanned, { phase: 'certificationAudit' });
});

function nextStage2({ state, today }: Draft): { targetOn: IsoDate; why: Saying } {
  const soon = addDays(today, unforeseenDays);
  if (outdatedStage2(state)) return { targetOn: soon, why: say('stage2DoneAgain', {}) };
  if (!heldAuditOf(state, 'stage1')) return { targetOn: soon, why: say('stage2Suffices', {}) };
  const targetOn = latest(plannedStages(state.plan).stage2On, addDays(today, 1));
  return { targetOn, why: say('stage1EndedReady', {}) };
}
