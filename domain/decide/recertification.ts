import { addDays, addMonths, latest } from '../calendar.ts';
import {
  auditOn,
  comingAudit,
  heldAudit,
  isDecided,
  owesStage1,
  recertificationStage1s,
  stage2Suffices,
} from '../progress.ts';
import { refuse } from '../rejection.ts';
import { recertificationDates } from '../rules/cycle.ts';
import type { Audit, Certificate, IsoDate } from '../types/index.ts';
import { cancelAudits, planAudit } from './audits.ts';
import { mustBeInPhase, mustSay } from './checks.ts';
import type { Draft } from './draft.ts';
import type { Deciders } from './handler.ts';

/** Months by which the Stage 1 of a recertification is meant to come before it. */
const stage1LeadMonths = 1;
/** Days after which a Stage 1 that was not ready is meant to be held again. */
const repeatDays = 30;

/**
 * R15: a significant change, after which the recertification begins with a Stage 1; R17: and so does what earns a
 * certificate anew that lapsed for good. Source: ISO/IEC 17021-1, 9.6.3.2.
 */
export const recertificationDeciders: Deciders<'reportSignificantChange'> = {
  reportSignificantChange(draft, { description }) {
    mustSay(description, 'description');
    if (stage2Suffices(draft.state)) {
      beginWithStage1(draft, description);
      return;
    }
    mustBeInPhase(draft.state, 'surveillanceCycle');
    const held = heldAudit(draft.state, 'recertification');
    if (held && !isDecided(draft.state, held)) {
      refuse('R15', `The recertification audit ${held.id} was held already; have a special audit look at the change.`);
    }
    draft.emit({ type: 'SignificantChangeReported', data: { description } });
    planRecertificationStage1(draft, `After a significant change (R15): ${description}`);
  },
};

/** R17: the Stage 2 that was to come alone is given up, and the story plans a Stage 1. */
function beginWithStage1(draft: Draft, description: string): void {
  const coming = comingAudit(draft.state, 'stage2');
  const begun = heldAudit(draft.state, 'stage2') ?? (coming?.startsOn && coming.startsOn <= draft.today && coming);
  if (begun) refuse('R17', `Stage 2 ${begun.id} began on ${begun.startsOn}; have it look at the change.`);
  draft.emit({ type: 'SignificantChangeReported', data: { description } });
  if (coming) cancelAudits(draft, [coming], `After a significant change a Stage 1 comes first (R17): ${description}`);
}

/** Plans the Stage 1 that the recertification waits for, unless it is planned. Asked for at once when that is near. */
export function planRecertificationStage1(draft: Draft, why: string): void {
  const stage1s = recertificationStage1s(draft.state);
  const held = heldAudit(draft.state, 'recertification');
  if (held && !isDecided(draft.state, held)) return;
  if (!owesStage1(draft.state) || stage1s.some((audit) => audit.status !== 'held')) return;
  const { targetOn, latestOn, latestRule } = recertificationDates(
    draft.state.certificate as Certificate,
    draft.state.body.profile,
  );
  const coming = comingAudit(draft.state, 'recertification');
  const before = addMonths(coming ? auditOn(coming) : targetOn, -stage1LeadMonths);
  const soonest = addDays(draft.today, stage1s.length > 0 ? repeatDays : 1);
  const near = !coming || coming.prepared > 0 || stage1s.length > 0;
  planAudit(draft, 'stage1', { targetOn: latest(before, soonest), latestOn, latestRule }, why, near);
}

/** R15: the Stage 1 that is owed comes before the recertification audit. */
export function mustFollowStage1(draft: Draft, startsOn: IsoDate): void {
  if (!owesStage1(draft.state)) return;
  const coming = recertificationStage1s(draft.state).find((audit) => audit.status !== 'held') as Audit;
  if (coming.endsOn && coming.endsOn < startsOn) return;
  refuse('R15', `A Stage 1 comes before this recertification; schedule ${coming.id} for days before it.`);
}

/** R15: the recertification has its outcome after its Stage 1 ended ready. */
export function mustHaveStage1(draft: Draft): void {
  if (!owesStage1(draft.state)) return;
  const last = recertificationStage1s(draft.state).at(-1) as Audit;
  refuse('R15', `The recertification waits for its Stage 1: ${last.id} has not ended ready yet.`);
}
