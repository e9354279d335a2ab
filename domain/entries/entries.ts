import { counted } from '../changing.ts';
import type { Meta } from '../registry/record.ts';
import type { Told } from '../registry/told.ts';
import type { ProgramState } from '../state.ts';

/** How many entries a program carries, for their people to object; all are in the register. */
const mostEntries = 30;

/** The state with what was entered for somebody of the body noted. */
export function withEntry(state: ProgramState, data: Told, { actor }: Pick<Meta, 'actor'>): ProgramState {
  const { onBehalfOf: of } = data;
  if (of === undefined || actor === 'system') return state;
  const id = `E-${(state.counters.E ?? 0) + 1}`;
  const entries = [...(state.entries ?? []), { id, seq: state.seq, of, by: actor }].slice(-mostEntries);
  return { ...state, entries, counters: counted(state, id) };
}
