import type { ProgramState } from '../state.ts';
import { standardOutline } from './outline.ts';
import type { Slot } from './types.ts';

export type { Slot } from './types.ts';

/** The number of the requirement (of `operation`: the section) that has a meaning in the program's standard, if one has. */
export function slotOf({ standard }: Pick<ProgramState, 'standard'>, slot: Slot): string | undefined {
  return standardOutline(standard.id).slots[slot];
}

/** The same as part of what a task is about; empty where the standard has none. */
export function aboutSlot(state: Pick<ProgramState, 'standard'>, slot: Slot): { requirementId?: string } {
  const requirementId = slotOf(state, slot);
  return requirementId === undefined ? {} : { requirementId };
}
