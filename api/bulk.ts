import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { BulkAnswer } from '../domain/answers.ts';
import type { UserCommand } from '../domain/registry.ts';
import type { Outcome } from './plugins/idempotency.ts';
import { statusOf } from './problem.ts';
import { callerOf } from './requests.ts';
import type { bulkAnswer } from './schemas/answers.ts';
import type {} from './services.ts';

/** The answer to many commands, as the contract has it: a rejection with the status of the call that it would have been. */
export type BulkView = Static<typeof bulkAnswer>;

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
): Promise<Outcome<BulkView>> {
  const { id } = request.program;
  return app.once(request, id, async (commandId) => {
    const actor = callerOf(request);
    const envelope = { commandId, actor, commands, atomic, ...(list && { list }) };
    return { status: 200, body: bulkView(await app.services.gateway.bulk(id, envelope)) };
  });
}

function bulkView({ results, ...answer }: BulkAnswer): BulkView {
  return { ...answer, results: results.map(resultView) };
}

function resultView(result: BulkAnswer['results'][number]): BulkView['results'][number] {
  if (result.ok) return result;
  const { kind, code, detail } = result.rejection;
  return { ok: false, rejection: { status: statusOf(kind), code, detail } };
}
