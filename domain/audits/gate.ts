import type { Draft } from '../draft.ts';
import { gateToStage1, reviewPrecedesInternalAudit } from '../rules/audits.ts';
import type { ProgramState } from '../state.ts';

/**
 * R2: warns, with what opens the gate to Stage 1, when the management review was held before the internal audit ended.
 * The last step of every command; `before` is the state that it found, undefined when the program begins with it.
 */
export function warnAtGate(draft: Draft, before: ProgramState | undefined): void {
  if (!isGateOpen(draft.state) || isGateOpen(before) || !reviewPrecedesInternalAudit(draft.state)) return;
  draft.warn('R2', 'reviewBeforeInternalAudit', {});
}

function isGateOpen(state: ProgramState | undefined): boolean {
  return state?.phase === 'internalAudit' && gateToStage1(state).length === 0;
}
