import { latest } from '../calendar.ts';
import { PhasePlanned } from '../program/PhasePlanned.ts';
import { step } from '../registry/command.ts';
import { plannedStages } from '../rules/plan.ts';
import { say } from '../say.ts';
import { planAuditOf } from './planning.ts';

/** The first step of a certification audit. */
export const planStage1 = step()('planStage1', (draft) => {
  const targetOn = latest(plannedStages(draft.state.plan).stage1On, draft.today);
  planAuditOf(draft, 'stage1', { targetOn }, say('gateIsPassed', {}));
  draft.emit(PhasePlanned, { phase: 'certificationAudit' });
});
