import { findingsFor, isDecided, openTasks } from '../domain/progress.ts';
import { allowedDecisions } from '../domain/rules/decision.ts';
import type { Audit, ProgramState } from '../domain/types/index.ts';
import type { Program } from './program.ts';

/**
 * The decision on an audit: somebody of the body is asked to take it. Delayed, it is asked for again once the open
 * nonconformities allow more than another delay (R5). Ends when the decision is taken, or when `over` says that there is
 * nothing left to decide on.
 */
export async function decision(
  program: Program,
  audit: Audit,
  over: (state: ProgramState) => boolean = () => false,
): Promise<void> {
  const settled = (state: ProgramState) => isDecided(state, audit) || over(state);
  while (!settled(program.state)) {
    await program.until((state) => settled(state) || !isDelayed(state, audit) || mayBeGranted(state, audit));
    await program.does(
      { type: 'askForDecision', auditId: audit.id },
      (state) => !settled(state) && !isAsked(state, audit),
    );
    await program.until((state) => settled(state) || isDelayed(state, audit));
  }
}

function isDelayed(state: ProgramState, audit: Audit): boolean {
  return state.decision?.auditId === audit.id && state.decision.decision === 'delayed';
}

function mayBeGranted(state: ProgramState, audit: Audit): boolean {
  return allowedDecisions(findingsFor(state, audit)).some((allowed) => allowed.startsWith('granted'));
}

function isAsked(state: ProgramState, audit: Audit): boolean {
  return openTasks(state).some((task) => task.kind === 'decision' && task.auditId === audit.id);
}
