import {
  comingAudit,
  findingsFor,
  heldAudit,
  implementationDone,
  isDecided,
  isEnded,
  openTasks,
  stage1Ready,
} from '../../domain/progress.ts';
import { gateToStage1 } from '../../domain/rules/audits.ts';
import { allowedDecisions } from '../../domain/rules/decision.ts';
import type { Audit, ProgramState, SystemCommand } from '../../domain/types/index.ts';

/**
 * The next step of a program's own story, or undefined while it waits: what the phases of `workflows/` do, told without
 * Temporal, so that the domain can be driven through whole cycles.
 */
export function nextStep(state: ProgramState): SystemCommand | undefined {
  if (isEnded(state) || state.status === 'planned') return undefined;
  if (state.unasked) return { type: 'askForMissing' };
  return steps[state.phase](state);
}

const steps: Record<ProgramState['phase'], (state: ProgramState) => SystemCommand | undefined> = {
  gapAssessment(state) {
    if (!state.phasePlanned) return { type: 'planGapAssessment' };
    return state.gapAssessmentCompletedOn ? enter('implementation') : undefined;
  },
  implementation(state) {
    if (!state.phasePlanned) return { type: 'planImplementation' };
    return implementationDone(state) ? enter('internalAudit') : undefined;
  },
  internalAudit(state) {
    if (!state.phasePlanned) return { type: 'planInternalAudit' };
    return gateToStage1(state).length === 0 ? enter('certificationAudit') : undefined;
  },
  certificationAudit(state) {
    const stage2 = heldAudit(state, 'stage2');
    if (!stage2 && !stage1Ready(state)) return stage1(state);
    if (!stage2) return comingAudit(state, 'stage2') ? undefined : { type: 'planStage2' };
    if (!isDecided(state, stage2)) return ask(state, stage2);
    return enter(state.decision?.decision === 'refused' ? 'implementation' : 'surveillanceCycle');
  },
  surveillanceCycle(state) {
    const { certificate } = state;
    if (!state.phasePlanned) return { type: 'planCycle' };
    if (certificate?.status === 'withdrawn') return enter('closed');
    if (certificate?.restorationEndedOn) return enter('certificationAudit');
    const recertification = heldAudit(state, 'recertification');
    return recertification && !isDecided(state, recertification) ? ask(state, recertification) : undefined;
  },
  closed: () => undefined,
};

function enter(phase: Extract<SystemCommand, { type: 'enterPhase' }>['phase']): SystemCommand {
  return { type: 'enterPhase', phase, why: `On to ${phase}.` };
}

function stage1(state: ProgramState): SystemCommand | undefined {
  if (comingAudit(state, 'stage1') || openTasks(state).some((task) => task.kind === 'concern')) return undefined;
  return { type: 'planStage1' };
}

/** Asks for a decision, unless it is asked for, or was delayed and nothing else is possible yet. */
function ask(state: ProgramState, audit: Audit): SystemCommand | undefined {
  const delayed = state.decision?.auditId === audit.id && state.decision.decision === 'delayed';
  const grantable = allowedDecisions(findingsFor(state, audit)).some((decision) => decision.startsWith('granted'));
  if (delayed && !grantable) return undefined;
  const asked = openTasks(state).some((task) => task.kind === 'decision' && task.auditId === audit.id);
  return asked ? undefined : { type: 'askForDecision', auditId: audit.id };
}
