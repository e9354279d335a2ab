import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type TObject, type TProperties, Type } from 'typebox';
import type { Actor, Answer, UserCommand } from '../domain/types/index.ts';
import type { Outcome } from './plugins/idempotency.ts';
import { type ResourceName, resources } from './resources.ts';
import { answer as answerSchema, answerWith } from './schemas/answers.ts';
import { id, strict } from './schemas/basics.ts';
import { commandPayloads } from './schemas/commands.ts';
import type {} from './services.ts';

/** A call that sends one command to a program, as the tables in `routes/` write it. */
export interface CommandRoute {
  method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below `/v1/programs/:programId`; its parameters are fields of the command. */
  path: string;
  type: UserCommand['type'];
  summary: string;
  /** What the command changes, read back and given under this name. */
  gives?: ResourceName;
  /** 201, with where the new thing is. */
  creates?: boolean;
  /** Fields that the path names differently, by their name in the command. */
  renamed?: Record<string, string>;
}

/** The header that every call takes which changes something. */
export const keyHeader = Type.Object({
  'idempotency-key': Type.Optional(
    Type.String({ maxLength: 255, description: 'The same key and body get the same answer as the first time.' }),
  ),
});

/** Adds the calls of a table. */
export function addCommandRoutes(app: FastifyInstance, tag: string, routes: CommandRoute[]): void {
  for (const route of routes) addCommandRoute(app, tag, route);
}

/** The caller of a request, as a program knows who sends a command. */
export function actorOf({ caller }: FastifyRequest): Actor {
  const { email, installationRole } = caller;
  return { email, ...(installationRole && { installationRole }) };
}

/** Answers a call with its outcome. */
export async function reply<B>(to: Pick<FastifyReply, 'code' | 'header'>, outcome: Promise<Outcome<B>>): Promise<B> {
  const { status, body, location } = await outcome;
  to.code(status);
  if (location) to.header('location', location);
  return body;
}

function addCommandRoute(app: FastifyInstance, tag: string, route: CommandRoute): void {
  const params = [...route.path.matchAll(/:(\w+)/g)].map(([, param]) => param as string);
  const body = bodyOf(route, params);
  const given = route.gives ? answerWith({ [route.gives]: resources[route.gives].schema }) : answerSchema;
  const carrier =
    route.method === 'DELETE' ? { querystring: body } : Object.keys(body.properties).length > 0 ? { body } : {};
  app.route({
    method: route.method,
    url: route.path,
    schema: {
      tags: [tag],
      summary: route.summary,
      operationId: route.type,
      params: Type.Object(Object.fromEntries(['programId', ...params].map((param) => [param, id]))),
      headers: keyHeader,
      ...carrier,
      response: { [route.creates ? 201 : 200]: given },
    },
    handler: async (request, response) => {
      const { programId, ...fields } = request.params as Record<string, string>;
      const sent = (route.method === 'DELETE' ? request.query : request.body) as object;
      const command = { type: route.type, ...named(fields, route.renamed), ...sent } as UserCommand;
      const outcome = app.once(request, programId!, async (commandId) => {
        const answer = await app.services.gateway.command(programId!, { commandId, actor: actorOf(request), command });
        return outcomeOf(app, route, programId!, answer, fields);
      });
      return reply(response, outcome);
    },
  });
}

/** What is left of a command's payload when the path has taken its part. */
function bodyOf({ type, path, renamed = {} }: CommandRoute, params: string[]): TObject {
  const properties: TProperties = { ...commandPayloads[type].properties };
  for (const param of params) {
    const field = Object.keys(named({ [param]: '' }, renamed))[0] as string;
    if (!properties[field]) throw new Error(`${path} names ${param}, which the command ${type} does not carry.`);
    delete properties[field];
  }
  return Type.Object(properties, strict);
}

function named(fields: Record<string, string>, renamed: Record<string, string> = {}): Record<string, string> {
  const names = new Map(Object.entries(renamed).map(([field, param]) => [param, field]));
  return Object.fromEntries(Object.entries(fields).map(([param, value]) => [names.get(param) ?? param, value]));
}

async function outcomeOf(
  app: FastifyInstance,
  route: CommandRoute,
  programId: string,
  answer: Answer,
  fields: Record<string, string>,
): Promise<Outcome> {
  const { gives, creates } = route;
  const ids = { ...fields, ...answer.ids };
  const changed = gives && { [gives]: await resources[gives].read(app.services, programId, ids) };
  const base = `/v1/programs/${programId}`;
  const at = gives && creates ? resources[gives].path(ids) : `/records/${answer.firstSeq}`;
  return { status: creates ? 201 : 200, body: { ...answer, ...changed }, ...(creates && { location: base + at }) };
}
