import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Static } from 'typebox';
import type { BulkAnswer } from '../domain/answers.ts';
import type { UserCommand } from '../domain/registry.ts';
import { bringing } from './bounds.ts';
import type { Outcome } from './plugins/idempotency.ts';
import { statusOf } from './problem.ts';
import { callerOf } from './requests.ts';
import type { bulkAnswer } from './schemas/answers.ts';
import type { Services } from './services.ts';
import { lateSightFor } from './sights.ts';
import { asIfUnknown, createUnseen, idsSeen } from './unseen.ts';

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
    const sent = bringing(app.services, request, commandId, commands, () => app.services.gateway.bulk(id, envelope));
    const answer = await asIfUnknown(app.services, request, commands, sent);
    return { status: 200, body: await bulkView(app.services, request, answer, commands) };
  });
}

/** What was refused of what the caller does not see is refused as if it were not there. */
async function bulkView(
  services: Services,
  request: FastifyRequest,
  { results, ...answer }: BulkAnswer,
  sent: UserCommand[],
): Promise<BulkView> {
  const sight = lateSightFor(services, request);
  const isRefused = results.some(({ ok }) => !ok);
  const unseen = isRefused ? await createUnseen(services, request) : () => undefined;
  const shown = results.map(async (result, item) => {
    if (result.ok) return { ...result, ids: await idsSeen(result.ids, sight) };
    const { kind, code, detail } = unseen(sent[item]!) ?? result.rejection;
    return { ok: false as const, rejection: { status: statusOf(kind), code, detail } };
  });
  return { ...answer, ids: await idsSeen(answer.ids, sight), results: await Promise.all(shown) };
}
