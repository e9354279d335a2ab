import type { FastifyInstance, FastifyPluginAsync, FastifyRequest } from 'fastify';
import { type TObject, type TProperties, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import type { Answer } from '../domain/answers.ts';
import { id, strict } from '../domain/registry/fields.ts';
import { type CommandType, commands, type UserCommand } from '../domain/registry.ts';
import { bringing } from './bounds.ts';
import { methodOf, parametersOf } from './calls.ts';
import { type CommandTag, commandsUnder } from './commandTags.ts';
import { validationProblem } from './fieldErrors.ts';
import type { Outcome } from './plugins/idempotency.ts';
import { callerOf, keyHeader, reply } from './requests.ts';
import { resources } from './resources.ts';
import { answer as answerSchema, answerWith } from './schemas/answers.ts';
import type { Services } from './services.ts';
import { lateSightFor } from './sights.ts';
import { asIfUnknown, idsSeen } from './unseen.ts';
import { type MovedView, movedSchema, movedView } from './views/moved.ts';

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
  const changed = gives && { [gives]: resources[gives].schema, ...(type === 'changePlan' && { moved: movedSchema }) };
  const given = changed ? answerWith(changed) : answerSchema;
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
    ...(!('body' in carrier) && { preValidation: mustCarryNothing }),
    handler: async (request, response) => {
      const ids = request.params as Record<string, string>;
      const { id: programId } = request.program;
      const named = Object.fromEntries(parameters.map(({ param, field }) => [field, ids[param]]));
      const sent = (method === 'DELETE' ? request.query : request.body) as object | undefined;
      // The schemas of the parameters and of the body together are that of the command's payload; what the address says is last.
      const command = { ...sent, ...named, type } as UserCommand;
      const outcome = app.once(request, programId, async (commandId) => {
        const actor = callerOf(request);
        const sent = bringing(app.services, request, commandId, [command], () =>
          app.services.gateway.command(programId, { commandId, actor, command }),
        );
        const answer = await asIfUnknown(app.services, request, command, sent);
        return outcomeOf(app.services, request, type, answer, ids);
      });
      return reply(response, outcome);
    },
  });
}

const nothing = Compile(Type.Object({}, strict));

/** Refuses fields in the body of a call that has none: it may be left out, or be `{}`. */
async function mustCarryNothing({ body }: FastifyRequest): Promise<void> {
  if (body !== undefined && !nothing.Check(body)) throw validationProblem(nothing.Errors(body), 'body');
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
  services: Services,
  request: FastifyRequest,
  type: CommandType,
  answer: Answer,
  named: Record<string, string>,
): Promise<Outcome> {
  const { id: programId } = request.program;
  const { gives, does } = commands[type].address;
  const ids = { ...named, ...answer.ids };
  const sight = lateSightFor(services, request);
  const looker = { email: request.caller.email, sight };
  const changed = gives && { [gives]: await resources[gives].read(services, programId, ids, looker) };
  const moved = type === 'changePlan' ? await movedBy(services, programId, answer.commandId) : undefined;
  const body = { ...answer, ids: await idsSeen(answer.ids, sight), ...changed, ...(moved && { moved }) };
  if (does !== 'create') return { status: 200, body };
  const at = gives ? resources[gives].path(ids) : `/records/${answer.firstSeq}`;
  return { status: 201, body, location: `/v1/programs/${programId}${at}` };
}

/** What a change of the plan moved, as it is recorded. Whoever may change a plan reads all of it. */
async function movedBy({ database }: Services, programId: string, commandId: string): Promise<MovedView | undefined> {
  const records = (await database.register.command(programId, commandId)) ?? [];
  const change = records.find((record) => record.type === 'PlanChanged');
  return change && movedView(database.read, programId, change.data.moved);
}
