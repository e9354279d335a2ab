import { askForAssessment, askForEvidence, type EvidenceAsk } from '../assessment/asks.ts';
import { planAuditOf } from '../audits/planning.ts';
import type { IsoDate } from '../basics.ts';
import { addDays, addMonths, addWorkingDays, latest, morningOf } from '../calendar.ts';
import type { Draft } from '../draft.ts';
import { cadenceLeadDays } from '../profile.ts';
import { askForReview } from '../program/reviews.ts';
import { type Round, roundKey, rounds, roundsThrough } from '../rules/cadence.ts';
import { type Saying, say } from '../say.ts';
import type { ProgramState } from '../state.ts';
import type { Due, Moment } from './moment.ts';

/** Working days that are left at least when a round is asked for late, as after a pause. */
const leastDays = 10;

/** For what evidence is asked for when its round comes. */
const evidenceAsks: Partial<Record<Round['cadence'], EvidenceAsk>> = {
  riskAssessment: 'riskAssessment',
  policyReview: 'policyReview',
  objectivesReview: 'objectivesReview',
  improvementReview: 'improvementReview',
  evidenceValidity: 'renewal',
};

/** What comes around is asked for a month before it is due, once. A pause holds it. */
export function roundMoments(state: ProgramState): Due[] {
  return rounds(state)
    .filter(({ asked }) => !asked)
    .map((round) => ({ ...momentOf(state, round, round.dueOn), act: (draft: Draft) => ask(draft, round) }));
}

/** The rounds after the next ones, up to the certificate's last day: planned, and not yet sure. */
export function laterRounds(state: ProgramState): Moment[] {
  if (state.status !== 'active') return [];
  const through = roundsThrough(state);
  return rounds(state).flatMap((round) => {
    if (round.cadence === 'evidenceValidity') return [];
    const months = state.plan.cadences[round.cadence];
    const moments: Moment[] = [];
    for (let count = 1; ; count++) {
      const dueOn = addMonths(round.dueOn, months * count);
      if (dueOn > through) return moments;
      moments.push(momentOf(state, round, dueOn));
    }
  });
}

function momentOf({ calendar, aiSystems }: ProgramState, round: Round, dueOn: IsoDate): Moment {
  const { cadence, requirementId, systemId } = round;
  const ref = requirementId ?? systemId;
  const at = morningOf(addDays(dueOn, -cadenceLeadDays), calendar.timeZone);
  const system = systemId && aiSystems[systemId]?.name;
  const title = say('momentOfRound', { cadence, requirementId, system, dueOn });
  return { at, kind: cadence, title, ...(ref ? { ref } : {}) };
}

function ask(draft: Draft, round: Round): void {
  const { cadence, requirementId, systemId } = round;
  const dueOn = latest(round.dueOn, addWorkingDays(draft.today, leastDays, draft.state.calendar));
  const why = whyNow(draft, round);
  const what = evidenceAsks[cadence];
  const key = roundKey(round);
  if (cadence === 'managementReview') askForReview(draft, dueOn, [], undefined, key);
  else if (cadence === 'internalAudit') planAuditOf(draft, 'internal', { targetOn: dueOn }, why);
  else if (systemId) askForAssessment(draft, systemId, dueOn, why, key);
  else if (requirementId && what) askForEvidence(draft, requirementId, what, dueOn, why, key);
}

function whyNow(draft: Draft, { cadence, dueOn, lastOn }: Round): Saying {
  if (cadence === 'evidenceValidity') return say('evidenceEnds', { validUntil: dueOn });
  return say('comesAround', { months: draft.state.plan.cadences[cadence], lastOn });
}
