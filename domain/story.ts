import { type HeldAudit, isHeld } from './audits/audit.ts';
import { comingAudit, heldAuditOf, isDecided, stage1Ready } from './audits/queries.ts';
import type { Phase } from './basics.ts';
import { isToBeShelved } from './carried/shelving.ts';
import { isDecisionAsked } from './certificate/deciders.ts';
import { findingsFor } from './findings/queries.ts';
import type { PhaseReason } from './program/enterPhase.ts';
import { implementationDone, isEnded } from './program/queries.ts';
import type { SystemCommand } from './registry.ts';
import { gateToStage1 } from './rules/audits.ts';
import { allowedDecisions } from './rules/decision.ts';
import { isInternallyAudited } from './rules/internalAudits.ts';
import type { ProgramState } from './state.ts';
import { isAsked } from './tasks/queries.ts';

/**
 * What comes after what in the life of a program: its next step, or undefined while it waits for people or for time. The
 * workflows of `workflows/` take these steps one after the other; a story may begin anywhere, as a program that is taken
 * over does.
 */
export function nextStep(state: ProgramState): SystemCommand | undefined {
  if (isEnded(state) || state.status === 'planned') return undefined;
  if (state.unasked) return { type: 'askForMissing' };
  if (isToBeShelved(state)) return { type: 'shelve' };
  return chapters[state.phase](state);
}

type Chapter = (state: ProgramState) => SystemCommand | undefined;

const chapters: Record<Phase, Chapter> = {
  /**
   * The gap assessment: from the day that the plan names, every requirement is rated, with its gap, the effort and an
   * owner. Completing it begins the statement of applicability and leads to the implementation.
   */
  gapAssessment(state) {
    if (!state.phasePlanned) return { type: 'planGapAssessment' };
    return state.gapAssessmentCompletedOn ? enter('implementation', 'gapAssessmentComplete') : undefined;
  },

  /**
   * The implementation: owners are asked for evidence of what the gap assessment found missing, the most critical first,
   * and for an impact assessment of each AI system. What is not good enough is sent back. After a refused certification the
   * program comes here again, with the findings open.
   */
  implementation(state) {
    if (!state.phasePlanned) return { type: 'planImplementation' };
    return implementationDone(state) ? enter('internalAudit', 'implementationComplete') : undefined;
  },

  /**
   * The internal audit: all requirements, at once or in several audits, by people who did not work on them (R9); nonconformities get a plan, an action and
   * a verification; top management reviews. The gate to Stage 1 opens when nothing of that is lacking (R2).
   */
  internalAudit(state) {
    if (!state.phasePlanned) return { type: 'planInternalAudit' };
    if (gateToStage1(state).length === 0) return enter('certificationAudit', 'gateOpen');
    const isAhead = isInternallyAudited(state) || comingAudit(state, 'internal');
    return isAhead ? undefined : { type: 'planInternalAudit' };
  },

  /**
   * The certification audit: Stage 1, as often as it takes to be ready (R2), and again when Stage 2 did not begin in time
   * (R3); Stage 2, and again when a major of it was not verified in time (R6); the decision (R5, R8). Granted, the
   * surveillance cycle begins; refused, the program goes back to the implementation.
   */
  certificationAudit(state) {
    const stage2 = heldAuditOf(state, 'stage2');
    if (!stage2) return stage1Ready(state) ? towardStage2(state) : towardStage1(state);
    if (!isDecided(state, stage2)) return towardDecision(state, stage2);
    return state.decision?.decision === 'refused'
      ? enter('implementation', 'certificationRefused')
      : enter('surveillanceCycle', 'certificateGranted');
  },

  /**
   * One cycle of a certificate, and after it the next, for ever. Its surveillance audits and its recertification are planned
   * on the first day (R1, R10, R11, R15); from then on the agenda prepares each of them, asks for evidence again, keeps
   * internal audits and management reviews in their cadence, and lets the certificate lapse when the recertification is not
   * finished on its last day (R16). A recertification that is refused leaves the certificate to run to that day.
   */
  surveillanceCycle(state) {
    const { certificate, phasePlanned } = state;
    if (!phasePlanned) return { type: 'planCycle' };
    if (certificate?.status === 'withdrawn' && !certificate.toldUntil) return enter('closed', 'certificateWithdrawn');
    if (certificate?.status === 'lapsed' && certificate.restorationEndedOn)
      return enter('certificationAudit', 'lapsedForGood');
    const recertification = heldAuditOf(state, 'recertification');
    const step =
      recertification && !isDecided(state, recertification) ? towardDecision(state, recertification) : undefined;
    return step ?? towardOtherDecisions(state);
  },

  closed: () => undefined,
};

function enter(phase: Exclude<Phase, 'gapAssessment'>, why: PhaseReason): SystemCommand {
  return { type: 'enterPhase', phase, why };
}

/** R2: concerns of the last Stage 1 are answered before the next. */
function towardStage1(state: ProgramState): SystemCommand | undefined {
  return comingAudit(state, 'stage1') || isAsked(state, 'concern') ? undefined : { type: 'planStage1' };
}

function towardStage2(state: ProgramState): SystemCommand | undefined {
  return comingAudit(state, 'stage2') ? undefined : { type: 'planStage2' };
}

/** R5: a decision that was delayed is asked for again once the open nonconformities allow more than another delay. */
function towardDecision(state: ProgramState, audit: HeldAudit): SystemCommand | undefined {
  const delayed = state.decision?.auditId === audit.id && state.decision.decision === 'delayed';
  const grantable = allowedDecisions(findingsFor(state, audit)).some((decision) => decision.startsWith('granted'));
  if (delayed && !grantable) return undefined;
  return ask(state, audit);
}

/** R19, R25: decisions on extensions of scope, and on what the teams of audits recommend. */
function towardOtherDecisions(state: ProgramState): SystemCommand | undefined {
  for (const audit of Object.values(state.audits).filter(isHeld)) {
    const isOpen = audit.occasion === 'scopeExtension' && !isDecided(state, audit);
    const step = isOpen || audit.recommends ? ask(state, audit) : undefined;
    if (step) return step;
  }
  return undefined;
}

function ask(state: ProgramState, audit: HeldAudit): SystemCommand | undefined {
  return isDecisionAsked(state, audit) ? undefined : { type: 'askForDecision', auditId: audit.id };
}
