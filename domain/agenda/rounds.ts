import { addDays, addMonths, addWorkingDays, latest, morningOf } from '../calendar.ts';
import { planAudit } from '../decide/audits.ts';
import type { Draft } from '../decide/draft.ts';
import { askForReview } from '../decide/phases.ts';
import { askForAssessment, askForEvidence } from '../decide/renewal.ts';
import { cadenceLeadDays } from '../profile.ts';
import { type Round, rounds, roundsThrough } from '../rules/cadence.ts';
import type { IsoDate, ProgramState } from '../types/index.ts';
import type { Due, Moment } from './moment.ts';

/** Working days that are left at least when a round is asked for late, as after a pause. */
const leastDays = 10;

/** What comes round is asked for a month before it is due, once. A pause holds it. */
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

function momentOf(
  { calendar }: ProgramState,
  { cadence, requirementId, systemId, what }: Round,
  dueOn: IsoDate,
): Moment {
  const ref = requirementId ?? systemId;
  const title = `${requirementId ? `${requirementId}, ` : ''}${what}: due on ${dueOn}`;
  const at = morningOf(addDays(dueOn, -cadenceLeadDays), calendar.timeZone);
  return { at, kind: cadence, title, ...(ref ? { ref } : {}) };
}

function ask(draft: Draft, { cadence, requirementId, systemId, what, lastOn, ...round }: Round): void {
  const dueOn = latest(round.dueOn, addWorkingDays(draft.today, leastDays, draft.state.calendar));
  const why =
    cadence === 'evidenceValidity'
      ? `The evidence is valid until ${round.dueOn}.`
      : `It comes round every ${draft.state.plan.cadences[cadence]} months; the last time was ${lastOn}.`;
  if (cadence === 'managementReview') askForReview(draft, dueOn);
  else if (cadence === 'internalAudit') planAudit(draft, 'internal', { targetOn: dueOn }, why);
  else if (systemId) askForAssessment(draft, systemId, dueOn, why);
  else askForEvidence(draft, requirementId as string, what, dueOn, why);
}
