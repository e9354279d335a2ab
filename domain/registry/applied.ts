import { withEntry } from '../entries/entries.ts';
import type { ProgramState } from '../state.ts';
import type { Meta } from './record.ts';

/**
 * What happens to a state with every record, beside what its type does: its number, whether it was entered for another, and
 * that a proposal to pause falls once somebody does something.
 */
export function applied<D extends object>(
  definition: { apply(state: ProgramState, data: D, meta: Meta): ProgramState },
  state: ProgramState,
  data: D,
  { seq, ...meta }: Meta & { seq: number },
): ProgramState {
  const next = definition.apply(state, data, meta);
  return withEntry({ ...(meta.actor === 'system' ? next : withAct(next, meta)), seq }, data, meta);
}

function withAct({ pauseProposedOn: _, ...state }: ProgramState, { today }: Meta): ProgramState {
  return { ...state, lastActOn: today };
}
