import { addDays, addWorkingDays, latest } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { PhasePlanned } from '../program/PhasePlanned.ts';
import { askForReview } from '../program/reviews.ts';
import { step } from '../registry/command.ts';
import { isInternallyAudited, notAuditedInternally, requirementsThatApply } from '../rules/internalAudits.ts';
import { planned } from '../rules/plan.ts';
import { type Saying, say } from '../say.ts';
import { planAuditOf } from './planning.ts';
import { comingAudit } from './queries.ts';

/** Days before the phase is planned to end at which its audit is meant to be. */
const leadDays = 30;
/** Working days in which a management review is held where there was none. */
const reviewDays = 30;

/** The first step of the phase of the internal audit, and the one after an audit that left requirements out. */
export const planInternalAudit = step()('planInternalAudit', (draft) => {
  const { plan, calendar, reviews, phasePlanned } = draft.state;
  if (!comingAudit(draft.state, 'internal') && !isInternallyAudited(draft.state)) {
    const targetOn = latest(draft.today, addDays(planned(plan).internalAudit.endsOn, -leadDays));
    planAuditOf(draft, 'internal', { targetOn }, whyNow(draft));
  }
  if (phasePlanned) return;
  if (reviews.length === 0) askForReview(draft, addWorkingDays(draft.today, reviewDays, calendar));
  draft.emit(PhasePlanned, { phase: 'internalAudit' });
});

/** What no internal audit has looked at yet, where some has been audited. */
function whyNow({ state }: Draft): Saying {
  const requirements = notAuditedInternally(state);
  const isFirst = requirements.length === requirementsThatApply(state).length;
  return isFirst ? say('beforeStage1', {}) : say('restBeforeStage1', { requirements });
}
