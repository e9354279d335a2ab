import type { FastifyRequest } from 'fastify';
import { Problem } from '../../api/problem.ts';
import type { Visitor } from '../../identity/sessions.ts';

/** Who visits, if they may start programs. Throws 404: for others there is no such page. */
export function mayStart({ visitor }: FastifyRequest): Visitor & { administrator: boolean } {
  const administrator = visitor?.installationRole === 'administrator';
  if (!visitor || !(administrator || visitor.mayStart)) throw nothingHere();
  return { ...visitor, administrator };
}

/** Who visits, if they run the installation. Throws 404 otherwise. */
export function mustAdminister({ visitor }: FastifyRequest): Visitor {
  if (visitor?.installationRole !== 'administrator') throw nothingHere();
  return visitor;
}

/** What is not for somebody does not exist for them. */
export function nothingHere(): Problem {
  return new Problem(404, 'unknown', 'There is nothing at this address, or it is not for you to see.');
}
