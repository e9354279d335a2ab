import type { IsoDate } from '../basics.ts';
import { majorVerifiedUntil, verifiesMinors } from '../rules/findings.ts';
import type { ProgramState } from '../state.ts';
import {
  type Audit,
  type AuditKind,
  auditOn,
  type CancelledAudit,
  type ComingAudit,
  type HeldAudit,
  isComing,
  isHeld,
} from './audit.ts';

/** An audit that was not cancelled. */
export type StandingAudit = Exclude<Audit, CancelledAudit>;

/** Audits of a kind that were not cancelled, oldest first: of the present cycle, Stages 1 and 2 of the present attempt. */
export function auditsOf(state: ProgramState, kind: AuditKind): StandingAudit[] {
  const cycle = state.certificate?.cycle ?? 0;
  const isPresent = (audit: Audit) =>
    kind === 'stage1' || kind === 'stage2' ? numberOf(audit) > state.auditsFrom : audit.cycle === cycle;
  return standingAudits(state).filter((audit) => audit.kind === kind && isPresent(audit));
}

/** The audit of a kind that is planned or scheduled and not yet held, in the present cycle; not a Stage 2 that is missed (R3). */
export function comingAudit(state: ProgramState, kind: AuditKind): ComingAudit | undefined {
  return auditsOf(state, kind)
    .filter(isComing)
    .find((audit) => kind !== 'stage2' || !audit.missed);
}

/** The last audit of a kind that was held in the present cycle and that a decision can rest on (R6). */
export function heldAuditOf(state: ProgramState, kind: AuditKind): HeldAudit | undefined {
  return auditsOf(state, kind)
    .filter(isHeld)
    .filter(({ outdated }) => !outdated)
    .at(-1);
}

/**
 * R3: the day from which the time for Stage 2 counts: the last day of Stage 1, or for a Stage 2 that is done again by R6
 * the last day on which the majors of the one before could be verified. Undefined where no Stage 1 was held: a Stage 2
 * that comes alone (R17) may begin at any time.
 */
export function stage2CountsFrom(state: ProgramState): IsoDate | undefined {
  const stage1 = heldAuditOf(state, 'stage1');
  const outdated = outdatedStage2(state);
  return stage1 && outdated ? majorVerifiedUntil(outdated.endsOn, state.body.profile) : stage1?.endsOn;
}

/** R6: the Stage 2 that is done again on the strength of the same Stage 1, if there is one. */
export function outdatedStage2(state: ProgramState): HeldAudit | undefined {
  const stage1 = heldAuditOf(state, 'stage1');
  return auditsOf(state, 'stage2')
    .filter(isHeld)
    .filter((audit) => audit.outdated && (!stage1 || numberOf(audit) > numberOf(stage1)))
    .at(-1);
}

/** The last days of the audits of a kind that were held in the present cycle. */
export function heldOn(state: ProgramState, kind: AuditKind): IsoDate[] {
  return auditsOf(state, kind)
    .filter(isHeld)
    .map(({ endsOn }) => endsOn);
}

/**
 * R17: whether a Stage 2 alone is enough to earn a certificate again: the one before lapsed and was not restored in time,
 * its body asks for no Stage 1 then, and no significant change since the last decision asks for one, as in R15.
 * Source: ISO/IEC 17021-1, 9.6.3.2.5.
 */
export function stage2Suffices({ phase, certificate, body, significantChange }: ProgramState): boolean {
  if (phase !== 'certificationAudit' || !certificate || !('restorationEndedOn' in certificate)) return false;
  return certificate.restorationEndedOn !== undefined && !body.profile.stage1AfterLapse && !significantChange;
}

/**
 * R2, R3, R17: whether Stage 2 can come: the last Stage 1 ended ready, and no Stage 2 after it was given up or missed
 * because it came too late; or none was held and none is owed.
 */
export function stage1Ready(state: ProgramState): boolean {
  const stage1 = heldAuditOf(state, 'stage1');
  if (!stage1) return stage2Suffices(state);
  if (stage1.result !== 'ready') return false;
  return !Object.values(state.audits).some(
    (audit) =>
      audit.kind === 'stage2' &&
      ((audit.status === 'cancelled' && !audit.takenBack) || (isComing(audit) && audit.missed)) &&
      numberOf(audit) > numberOf(stage1),
  );
}

/** R15: the Stage 1 audits of the recertification of the present cycle, oldest first. */
export function recertificationStage1s(state: ProgramState): StandingAudit[] {
  const cycle = state.certificate?.cycle;
  if (state.phase !== 'surveillanceCycle') return [];
  return standingAudits(state).filter((audit) => audit.kind === 'stage1' && audit.cycle === cycle);
}

/** R15: whether the recertification waits for a Stage 1: after a significant change, or by the body's profile. */
export function owesStage1(state: ProgramState): boolean {
  if (state.phase !== 'surveillanceCycle') return false;
  if (!state.significantChange && !state.body.profile.stage1AtRecertification) return false;
  const last = recertificationStage1s(state).at(-1);
  if (last?.status !== 'held' || last.result !== 'ready') return true;
  return state.significantChange !== undefined && state.significantChange.on > last.endsOn;
}

/** Whether the decision on an audit was taken for good: not merely delayed. */
export function isDecided(state: ProgramState, audit: Audit): boolean {
  if (audit.kind === 'special') return isHeld(audit) && audit.decision !== undefined && audit.decision !== 'delayed';
  const taken = state.decision?.auditId === audit.id && state.decision.decision !== 'delayed';
  return taken || (state.certificate?.cycle ?? 0) > audit.cycle;
}

/** R16, R17: whether the last recertification of this cycle was refused, with none coming: another can be planned. */
export function recertificationRefused(state: ProgramState): boolean {
  const last = auditsOf(state, 'recertification').at(-1);
  return last?.status === 'held' && state.decision?.auditId === last.id && state.decision.decision === 'refused';
}

/** The next audit of the body's cycle that has a date and was not held: where a minor is verified (R14). */
export function nextExternalAudit(state: ProgramState): ComingAudit | undefined {
  return Object.values(state.audits)
    .filter(isComing)
    .filter(({ kind }) => verifiesMinors(kind))
    .sort((a, b) => (auditOn(a) < auditOn(b) ? -1 : 1))[0];
}

function standingAudits({ audits }: ProgramState): StandingAudit[] {
  return Object.values(audits).filter((audit) => audit.status !== 'cancelled');
}

/** The number in the id of an audit; ids are given out in order. */
function numberOf({ id }: Audit): number {
  return Number(id.slice(2));
}
