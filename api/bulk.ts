import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { BulkAnswer, UserCommand } from '../domain/types/index.ts';
import { actorOf } from './commandRoutes.ts';
import type { Outcome } from './plugins/idempotency.ts';
import type {} from './services.ts';

/**
 * Carries out many commands of a request in one commit. With `atomic`, one that is refused refuses all. `list` is what the
 * request named them, when it was not a list of commands.
 */
export function carryOutMany(
  app: FastifyInstance,
  request: FastifyRequest,
  commands: UserCommand[],
  atomic: boolean,
  list?: string,
): Promise<Outcome<BulkAnswer>> {
  const { id } = request.program;
  return app.once(request, id, async (commandId) => ({
    status: 200,
    body: await app.services.gateway.bulk(id, {
      commandId,
      actor: actorOf(request),
      commands,
      atomic,
      ...(list && { list }),
    }),
  }));
}
