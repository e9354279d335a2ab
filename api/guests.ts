import type { TokenInfo } from '../db/types.ts';
import { bodyRoles, type Email, type Role } from '../domain/basics.ts';
import { todayIn } from '../domain/calendar.ts';
import { getsIn } from '../domain/people/standing.ts';
import type { Services } from './services.ts';
import { unlessUnreadable } from './unreadable.ts';
import { clockNow } from './views/program.ts';

/**
 * Whether somebody with these roles gets into a program: the certification body's people are guests of their audits, and do
 * not once nothing is left for them there.
 */
export async function isLetIn(
  { database, states }: Pick<Services, 'database' | 'states'>,
  programId: string,
  email: Email,
  roles: readonly Role[],
): Promise<boolean> {
  if (!roles.some((role) => bodyRoles.includes(role))) return true;
  const [reading, summary] = await Promise.all([states.read(programId), database.read.program(programId)]);
  if (!reading || !summary) return true;
  const { state } = reading;
  return getsIn(state, email, todayIn(state.calendar, clockNow(summary)));
}

/**
 * Of programs in which somebody takes part, those into which they get; `roles` are theirs in each, where they are known. Into one
 * that cannot say which they have they get no more than into one that cannot be read.
 */
export async function letInto<P extends { id: string }>(
  services: Pick<Services, 'database' | 'states'>,
  programs: P[],
  { email, installationRole }: Pick<TokenInfo, 'email' | 'installationRole'>,
  roles?: ReadonlyMap<string, Role[]>,
): Promise<P[]> {
  if (installationRole) return programs;
  const ids = programs.map(({ id }) => id);
  const held = roles ?? (await services.database.read.rolesIn(ids, email));
  const isIn = await Promise.all(
    programs.map(async ({ id }) => {
      const theirs = held.get(id);
      return theirs !== undefined && unlessUnreadable(services, () => isLetIn(services, id, email, theirs), false);
    }),
  );
  return programs.filter((_, index) => isIn[index]);
}
