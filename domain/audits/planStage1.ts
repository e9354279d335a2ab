import { latest } from '../calendar.ts';
import { PhasePlanned } from '../program/PhasePlanned.ts';
import { step } from '../registry/command.ts';
import { plannedStages } from '../rules/plan.ts';
import { say } from '../say.ts';
import { planAuditOf } from './planning.ts';
import { heldAuditOf } from './queries.ts';

/** The first step of a certification audit, and the one whenever Stage 1 is held again. */
export const planStage1 = step()('planStage1', (draft) => {
  const targetOn = latest(plannedStages(draft.state.plan).stage1On, draft.today);
  const isRepeated = heldAuditOf(draft.state, 'stage1') !== undefined;
  planAuditOf(draft, 'stage1', { targetOn }, isRepeated ? say('stage1Repeated', {}) : say('gateIsPassed', {}));
  draft.emit(PhasePlanned, { phase: 'certificationAudit' });
});
