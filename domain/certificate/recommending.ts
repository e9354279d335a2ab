import { type Audit, isExternal, isHeld, type Recommendation } from '../audits/audit.ts';
import type { Email, IsoDate } from '../basics.ts';
import { latest } from '../calendar.ts';
import { mapped } from '../changing.ts';
import type { Draft } from '../draft.ts';
import { nameOf } from '../people/people.ts';
import { refuse } from '../refusal.ts';
import { auditsDeciderTookPartIn, recommendationOf } from '../rules/decision.ts';
import { say, type Text } from '../say.ts';
import type { ProgramState } from '../state.ts';
import type { Certificate } from './certificate.ts';
import { recommended } from './deciders.ts';

/**
 * R25: whoever suspends, withdraws, reinstates or reduces took no part in the audit that it rests on: one whose team
 * recommends something, one that is under way or has no outcome yet, and the last that the body held in this cycle.
 * Source: ISO/IEC 17021-1, 9.6.1 and 9.5.1.
 */
export function mustNotHaveAudited({ state, sender, today }: Draft): void {
  const [audited] = auditsBarring(state, sender, today);
  if (!audited) return;
  refuse('R25', 'deciderAudited', { name: nameOf(state, sender), kind: audited.kind, auditId: audited.id });
}

/** R25: the audits for which somebody may not suspend, withdraw, reinstate or reduce on a day: they took part in them. */
export function auditsBarring(state: ProgramState, email: Email, today: IsoDate): Audit[] {
  const held = Object.values(state.audits).filter(isHeld);
  const begun = Object.values(state.audits).filter(
    (audit) => audit.status === 'scheduled' && isExternal(audit.kind) && audit.startsOn <= today,
  );
  const last = held
    // Those of an earlier version have no day of their outcome: what was decided on them then stays as it was.
    .filter(({ kind, cycle, outcomeOn }) => isExternal(kind) && cycle === state.certificate?.cycle && outcomeOn)
    .reduce<(typeof held)[number] | undefined>((a, b) => (a && a.endsOn > b.endsOn ? a : b), undefined);
  const restsOn = [...recommended(state), ...begun, ...(last ? [last] : [])];
  return auditsDeciderTookPartIn(email, restsOn, Object.values(state.findings));
}

/** R25: the recommendations that a decision answers, by their audits: all of them, or those that it leaves nothing of. */
export function answersTo(state: ProgramState, only?: Recommendation): { answers?: string[] } {
  const answers = recommended(state).flatMap(({ id, recommends }) => (!only || recommends === only ? [id] : []));
  return answers.length > 0 ? { answers } : {};
}

/** Nobody is asked any more to decide on recommendations that were answered. */
export function completeRecommendations(draft: Draft, audits: string[] = [], how: Text): void {
  for (const auditId of audits) {
    draft.complete('recommendation', { auditId }, how);
    draft.complete('deciderNeeded', { auditId }, how);
  }
}

/** Gives up the recommendations that are left: there is nothing that they could be followed by. */
export function dropRecommendations(draft: Draft, reason: Text): void {
  for (const kind of ['recommendation', 'deciderNeeded'] as const) draft.cancelTasks({}, reason, kind);
}

/** The state with recommendations answered: those of some audits, or all. */
export function withoutRecommendations(state: ProgramState, answered: readonly string[] | 'all' = []): ProgramState {
  const isAnswered = (id: string) => answered === 'all' || answered.includes(id);
  if (answered !== 'all' && answered.length === 0) return state;
  const audits = mapped(state.audits, (audit) => {
    if (!isHeld(audit) || !audit.recommends || !isAnswered(audit.id)) return audit;
    const { recommends: _, ...rest } = audit;
    return answered === 'all' ? rest : { ...rest, answered: true };
  });
  return { ...state, audits };
}

/** R25: the state in which a lapse, that was taken back, left nothing of what audit teams recommend to be decided. */
export function withRecommendations(state: ProgramState): ProgramState {
  const { certificate } = state;
  const since = certificate && latest(certificate.decidedOn, ...changedOn(certificate));
  const audits = mapped(state.audits, (audit) => {
    if (!since || !isHeld(audit) || audit.kind === 'internal' || audit.answered) return audit;
    if (!audit.outcomeOn || audit.outcomeOn < since) return audit;
    const recommends = recommendationOf(audit.result, certificate.status);
    return recommends ? { ...audit, recommends } : audit;
  });
  return { ...state, audits };
}

/** When it was suspended or reinstated last: what a team recommended before was decided, or came to nothing. */
function changedOn(certificate: Certificate): IsoDate[] {
  const { suspendedOn, reinstatedOn } = { suspendedOn: undefined, reinstatedOn: undefined, ...certificate };
  return [suspendedOn, reinstatedOn].flatMap((on) => on ?? []);
}

/** How the answer to a recommendation reads. */
export const decidedOnRecommendation = say('recommendationDecided', {});
