import type { Email } from '../basics.ts';
import type { Draft } from '../draft.ts';
import { manager, person } from '../people/people.ts';
import { requirementState } from './requirements.ts';

/**
 * Who answers for a requirement: its rated owner while that person is in the program, else the manager, who also answers
 * for what the standard has no requirement for.
 */
export function ownerOf({ state }: Pick<Draft, 'state'>, requirementId: string | undefined): Email {
  const owner = requirementId === undefined ? undefined : requirementState(state, requirementId)?.rating?.owner;
  return owner && person(state, owner) ? owner : manager(state);
}
