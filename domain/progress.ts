import { isOpen, majorVerifiedUntil, verifiesMinors } from './rules/findings.ts';
import type { Audit, AuditKind, Finding, IsoDate, ProgramState, Task } from './types/index.ts';

/** Whether the program has come to its end, for good. */
export function isEnded(state: Pick<ProgramState, 'status'>): boolean {
  return state.status === 'cancelled' || state.status === 'closed';
}

/** Tasks that somebody still has to do something about. */
export function openTasks(state: ProgramState): Task[] {
  return Object.values(state.tasks).filter((task) => !task.closedOn);
}

/**
 * Whether all that the implementation asked for was accepted or waived; after a refused certification also whether
 * every nonconformity of the body was acted on.
 */
export function implementationDone(state: ProgramState): boolean {
  const asked = openTasks(state).some((task) => task.kind === 'evidence' || task.kind === 'impactAssessment');
  const unanswered = Object.values(state.findings).some((finding) => isOpen(finding) && finding.status !== 'done');
  return !asked && !unanswered;
}

/** Audits of a kind that were not cancelled, oldest first: of the present cycle, Stages 1 and 2 of the present attempt. */
export function auditsOf(state: ProgramState, kind: AuditKind): Audit[] {
  const cycle = state.certificate?.cycle ?? 0;
  const present = (audit: Audit) =>
    kind === 'stage1' || kind === 'stage2' ? numberOf(audit) > state.auditsFrom : audit.cycle === cycle;
  return Object.values(state.audits).filter(
    (audit) => audit.kind === kind && present(audit) && audit.status !== 'cancelled',
  );
}

/** The audit of a kind that is planned or scheduled and not yet held, in the present cycle. */
export function comingAudit(state: ProgramState, kind: AuditKind): Audit | undefined {
  return auditsOf(state, kind).find((audit) => audit.status !== 'held');
}

/** The last audit of a kind that was held in the present cycle and that a decision can rest on (R6). */
export function heldAudit(state: ProgramState, kind: AuditKind): Audit | undefined {
  return auditsOf(state, kind)
    .filter((audit) => audit.status === 'held' && !audit.outdated)
    .at(-1);
}

/**
 * R3: the day from which the time for Stage 2 counts: the last day of Stage 1, or for a Stage 2 that is done again by R6
 * the last day on which the majors of the one before could be verified. Undefined where no Stage 1 was held: a Stage 2
 * that comes alone (R17) may begin at any time.
 */
export function stage2CountsFrom(state: ProgramState): IsoDate | undefined {
  const stage1 = heldAudit(state, 'stage1');
  const outdated = outdatedStage2(state);
  if (!stage1 || !outdated) return stage1?.endsOn;
  return majorVerifiedUntil(outdated.endsOn as IsoDate, state.body.profile);
}

/** R6: the Stage 2 that is done again on the strength of the same Stage 1, if there is one. */
export function outdatedStage2(state: ProgramState): Audit | undefined {
  const stage1 = heldAudit(state, 'stage1');
  return auditsOf(state, 'stage2')
    .filter((audit) => audit.outdated && (!stage1 || numberOf(audit) > numberOf(stage1)))
    .at(-1);
}

/** The last days of the audits of a kind that were held in the present cycle. */
export function heldOn(state: ProgramState, kind: AuditKind): IsoDate[] {
  return auditsOf(state, kind)
    .filter((audit) => audit.status === 'held')
    .map((audit) => audit.endsOn as IsoDate);
}

/**
 * R17: whether a Stage 2 alone earns a certificate anew: the one before lapsed and was not restored in time, its body
 * asks for no Stage 1 then, and no significant change since the last decision asks for one, as in R15.
 * Source: ISO/IEC 17021-1, 9.6.3.2.5.
 */
export function stage2Suffices({ phase, certificate, body, significantChange }: ProgramState): boolean {
  if (phase !== 'certificationAudit' || !certificate?.restorationEndedOn) return false;
  return !body.profile.stage1AfterLapse && !significantChange;
}

/**
 * R2, R3, R17: whether Stage 2 can come: the last Stage 1 ended ready, and no Stage 2 after it was given up because it
 * came too late; or none was held and none is owed.
 */
export function stage1Ready(state: ProgramState): boolean {
  const stage1 = heldAudit(state, 'stage1');
  if (!stage1) return stage2Suffices(state);
  if (stage1.result !== 'ready') return false;
  return !Object.values(state.audits).some(
    (audit) => audit.kind === 'stage2' && audit.status === 'cancelled' && numberOf(audit) > numberOf(stage1),
  );
}

/** R15: the Stage 1 audits of the recertification of the present cycle, oldest first. */
export function recertificationStage1s(state: ProgramState): Audit[] {
  const cycle = state.certificate?.cycle;
  if (state.phase !== 'surveillanceCycle') return [];
  return Object.values(state.audits).filter(
    (audit) => audit.kind === 'stage1' && audit.cycle === cycle && audit.status !== 'cancelled',
  );
}

/** R15: whether the recertification waits for a Stage 1: after a significant change, or by the body's profile. */
export function owesStage1(state: ProgramState): boolean {
  if (state.phase !== 'surveillanceCycle') return false;
  if (!state.significantChange && !state.body.profile.stage1AtRecertification) return false;
  const last = recertificationStage1s(state).at(-1);
  if (last?.result !== 'ready') return true;
  return state.significantChange !== undefined && state.significantChange.on > (last.endsOn as IsoDate);
}

/** The findings that a decision on an audit must look at: all of the body's that are not closed, and the audit's own. */
export function findingsFor(state: ProgramState, audit: Audit): Finding[] {
  return Object.values(state.findings).filter(
    (finding) =>
      finding.auditId === audit.id || (isOpen(finding) && state.audits[finding.auditId]?.kind !== 'internal'),
  );
}

/** Whether the decision on an audit was taken for good: not merely delayed. */
export function isDecided(state: ProgramState, audit: Audit): boolean {
  if (audit.kind === 'special') return audit.decision !== undefined && audit.decision !== 'delayed';
  const taken = state.decision?.auditId === audit.id && state.decision.decision !== 'delayed';
  return taken || (state.certificate?.cycle ?? 0) > audit.cycle;
}

/** R16, R17: whether the last recertification of this cycle was refused, with none coming: another can be planned. */
export function recertificationRefused(state: ProgramState): boolean {
  const last = auditsOf(state, 'recertification').at(-1);
  return last?.status === 'held' && state.decision?.auditId === last.id && state.decision.decision === 'refused';
}

/** The next audit of the body's cycle that has a date and was not held: where a minor is verified (R14). */
export function nextExternalAudit(state: ProgramState): Audit | undefined {
  return Object.values(state.audits)
    .filter((audit) => verifiesMinors(audit.kind) && (audit.status === 'planned' || audit.status === 'scheduled'))
    .sort((a, b) => (auditOn(a) < auditOn(b) ? -1 : 1))[0];
}

/** The day on which an audit begins, or is meant to. */
export function auditOn(audit: Audit): IsoDate {
  return audit.startsOn ?? audit.targetOn;
}

/** The findings whose audit or deadline put the program at risk, and the tasks that climbed the whole ladder. */
export function isAtRiskProgram(state: ProgramState): boolean {
  const top = state.ladder.escalations.length;
  const climbed = openTasks(state).some((task) => top > 0 && task.escalationLevel >= top);
  const missed = Object.values(state.findings).some((finding) => isOpen(finding) && finding.missed.length > 0);
  const audits = Object.values(state.audits).some(
    (audit) => audit.missed && audit.status !== 'held' && audit.status !== 'cancelled',
  );
  return climbed || missed || audits;
}

/** The number in the id of an audit; ids are given out in order. */
function numberOf(audit: Audit): number {
  return Number(audit.id.slice(2));
}
