import type { Email } from '../basics.ts';
import { takeBackSuspension } from '../certificate/suspending.ts';
import type { Draft } from '../draft.ts';
import { holders, reach } from '../people/people.ts';
import type { ProgramState } from '../state.ts';
import { DeadlineMet } from './DeadlineMet.ts';
import type { Deadline, Finding, Nonconformity } from './finding.ts';
import { isOfBodyFinding } from './queries.ts';

/** R7: a missed response goes to the sponsor, and is shown to the body when the finding is its own. */
export function toldOfMissed(state: ProgramState, finding: Finding): Email[] {
  const steering = [...reach(state, 'programManager'), ...reach(state, 'sponsor')];
  return [...new Set([...steering, ...(isOfBodyFinding(state, finding) ? holders(state, 'leadAuditor') : [])])];
}

/**
 * R7, R28: a deadline counts as kept when what was owed was there on its day, whenever that is told: what was recorded as
 * missed is taken back, and whoever was told of it is told.
 */
export function takeBackMissed(draft: Draft, finding: Nonconformity, deadline: Deadline): void {
  const dueOn = deadline === 'plan' ? finding.planDueOn : finding.verifyDueOn;
  if (!dueOn || draft.on > dueOn || !finding.missed.includes(deadline)) return;
  const { id: findingId } = finding;
  const to = toldOfMissed(draft.state, finding);
  draft.emit(DeadlineMet, { findingId, deadline, dueOn, metOn: draft.on, to });
  if (deadline === 'verification') takeBackSuspension(draft, findingId);
}
