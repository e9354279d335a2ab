import type { IsoDate } from '../basics.ts';
import { addDays, addMonths, latest } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { refuse } from '../refusal.ts';
import { recertificationDates } from '../rules/cycle.ts';
import type { Text } from '../say.ts';
import { auditOn, isComing } from './audit.ts';
import { planAuditOf } from './planning.ts';
import { comingAudit, heldAuditOf, isDecided, owesStage1, recertificationStage1s } from './queries.ts';

/** Months by which the Stage 1 of a recertification is meant to come before it. */
const stage1LeadMonths = 1;
/** Days after which a Stage 1 that was not ready is meant to be held again. */
const repeatDays = 30;

/** Plans the Stage 1 that the recertification waits for, unless it is planned. Asked for at once when that is near. */
export function planRecertificationStage1(draft: Draft, why: Text): void {
  const { certificate, body } = draft.state;
  const held = heldAuditOf(draft.state, 'recertification');
  if (!certificate || (held && !isDecided(draft.state, held))) return;
  const stage1s = recertificationStage1s(draft.state);
  if (!owesStage1(draft.state) || stage1s.some(isComing)) return;
  const { targetOn, latestOn, latestRule } = recertificationDates(certificate, body.profile);
  const coming = comingAudit(draft.state, 'recertification');
  const before = addMonths(coming ? auditOn(coming) : targetOn, -stage1LeadMonths);
  const soonest = addDays(draft.today, stage1s.length > 0 ? repeatDays : 1);
  const isNear = !coming || coming.prepared > 0 || stage1s.length > 0;
  planAuditOf(draft, 'stage1', { targetOn: latest(before, soonest), latestOn, latestRule }, why, isNear);
}

/** R15: the Stage 1 that is owed comes before the recertification audit. */
export function mustFollowStage1({ state }: Draft, startsOn: IsoDate): void {
  if (!owesStage1(state)) return;
  const stage1 = recertificationStage1s(state).find(isComing);
  if (stage1?.status === 'scheduled' && stage1.endsOn < startsOn) return;
  refuse('R15', 'stage1ComesFirst', { auditId: stage1?.id });
}

/** R15: the recertification has its outcome after its Stage 1 ended ready. */
export function mustHaveStage1({ state }: Draft): void {
  if (owesStage1(state)) refuse('R15', 'waitsForStage1', { auditId: recertificationStage1s(state).at(-1)?.id });
}
