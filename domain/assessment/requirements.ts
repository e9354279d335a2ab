import { own } from '../basics.ts';
import type { ProgramState } from '../state.ts';
import type { RequirementState } from './requirement.ts';

/** How a program stands to the requirements of its standard, by their numbers. */
export function requirementsOf({ standard, requirements }: Pick<ProgramState, 'standard' | 'requirements'>) {
  return requirements[standard.id] ?? {};
}

/** How a program stands to one requirement of its standard; undefined where the standard has none of that number. */
export function requirementState(
  state: Pick<ProgramState, 'standard' | 'requirements'>,
  requirementId: string,
): RequirementState | undefined {
  return own(requirementsOf(state), requirementId);
}

/** The state with one requirement changed. */
export function withRequirement(state: ProgramState, requirementId: string, changed: RequirementState): ProgramState {
  return withRequirements(state, { [requirementId]: changed });
}

/** The state with some requirements changed. */
export function withRequirements(state: ProgramState, changed: Record<string, RequirementState>): ProgramState {
  const all = { ...requirementsOf(state), ...changed };
  return { ...state, requirements: { ...state.requirements, [state.standard.id]: all } };
}
