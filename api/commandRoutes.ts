import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import { type TObject, type TProperties, Type } from 'typebox';
import type { Answer } from '../domain/answers.ts';
import { id, strict } from '../domain/registry/fields.ts';
import { type CommandType, commands, type UserCommand } from '../domain/registry.ts';
import { methodOf, parametersOf } from './calls.ts';
import { type CommandTag, commandsUnder } from './commandTags.ts';
import type { Outcome } from './plugins/idempotency.ts';
import { callerOf, keyHeader, reply } from './requests.ts';
import { resources } from './resources.ts';
import { answer as answerSchema, answerWith } from './schemas/answers.ts';
import type {} from './services.ts';

/** The calls of the commands under a heading, below `/v1/programs/:programId`: each as its address says. */
export function commandRoutes(tag: CommandTag): FastifyPluginAsync {
  return async (app) => {
    for (const type of commandsUnder(tag)) addCommandRoute(app, tag, type);
  };
}

function addCommandRoute(app: FastifyInstance, tag: CommandTag, type: CommandType): void {
  const { address, summary } = commands[type];
  const { gives } = address;
  const parameters = parametersOf(address);
  const method = methodOf(address);
  const isCreating = address.does === 'create';
  const body = bodyOf(type);
  const carrier = method === 'DELETE' ? { querystring: body } : Object.keys(body.properties).length > 0 ? { body } : {};
  const given = gives ? answerWith({ [gives]: resources[gives].schema }) : answerSchema;
  app.route({
    method,
    url: address.path,
    schema: {
      tags: [tag],
      summary,
      operationId: type,
      params: Type.Object(
        Object.fromEntries(['programId', ...parameters.map(({ param }) => param)].map((one) => [one, id])),
      ),
      headers: keyHeader,
      ...carrier,
      response: { [isCreating ? 201 : 200]: given },
    },
    handler: async (request, response) => {
      const ids = request.params as Record<string, string>;
      const { id: programId } = request.program;
      const named = Object.fromEntries(parameters.map(({ param, field }) => [field, ids[param]]));
      const sent = (method === 'DELETE' ? request.query : request.body) as object;
      // The schemas of the parameters and of the body together are that of the command's payload.
      const command = { type, ...named, ...sent } as UserCommand;
      const outcome = app.once(request, programId, async (commandId) => {
        const actor = callerOf(request);
        const answer = await app.services.gateway.command(programId, { commandId, actor, command });
        return outcomeOf(app, type, programId, answer, ids);
      });
      return reply(response, outcome);
    },
  });
}

/** What is left of a command's payload when the path has taken its part. */
function bodyOf(type: CommandType): TObject {
  const { address, payload } = commands[type];
  const properties: TProperties = { ...payload.properties };
  for (const { param, field } of parametersOf(address)) {
    if (!properties[field])
      throw new Error(`${address.path} names ${param}, which the command ${type} does not carry.`);
    delete properties[field];
  }
  return Type.Object(properties, strict);
}

async function outcomeOf(
  app: FastifyInstance,
  type: CommandType,
  programId: string,
  answer: Answer,
  named: Record<string, string>,
): Promise<Outcome> {
  const { gives, does } = commands[type].address;
  const ids = { ...named, ...answer.ids };
  const changed = gives && { [gives]: await resources[gives].read(app.services, programId, ids) };
  const body = { ...answer, ...changed };
  if (does !== 'create') return { status: 200, body };
  const at = gives ? resources[gives].path(ids) : `/records/${answer.firstSeq}`;
  return { status: 201, body, location: `/v1/programs/${programId}${at}` };
}
