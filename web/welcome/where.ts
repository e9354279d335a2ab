import type { FastifyInstance } from 'fastify';
import { administratorEmail } from '../../api/administrator.ts';
import type { Visitor } from '../../identity/sessions.ts';

/** Whether somebody runs an installation that has not been begun with: it has no program, or nobody said who runs it. */
export async function isWelcomed(
  { services: { database } }: Pick<FastifyInstance, 'services'>,
  visitor: Pick<Visitor, 'email' | 'installationRole'> | undefined,
): Promise<boolean> {
  if (visitor?.installationRole !== 'administrator') return false;
  if (visitor.email === administratorEmail) return true;
  // Counted, not read: one that cannot be read is a program, too.
  return (await database.read.programsByPhase()).size === 0;
}
