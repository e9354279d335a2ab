import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { programStart } from '../../domain/program/definition.ts';
import { letInto } from '../guests.ts';
import { pageRequest } from '../pages.ts';
import { summaryOf } from '../readings.ts';
import { keyHeader, reply } from '../requests.ts';
import { answerWith, programSummary } from '../schemas/answers.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';
import { startProgram } from '../startProgram.ts';
import { summariesFor, summaryFor } from '../summaries.ts';

/** Starting programs, and the list of them. */
export const programsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { database } = app.services;

  app.post(
    '/programs',
    {
      schema: {
        tags: ['Programs'],
        summary: 'Start a program',
        operationId: 'startProgram',
        headers: keyHeader,
        body: programStart,
        response: { 201: answerWith({ program: programSummary }) },
      },
    },
    async (request, response) => {
      const outcome = app.once(request, '', async (commandId) => {
        const { definition, answer } = await startProgram(app.services, request.caller, request.body, commandId);
        const program = await summaryFor(app.services, await summaryOf(app.services, definition.id), request.caller);
        return { status: 201, body: { ...answer, program }, location: `/v1/programs/${definition.id}` };
      });
      return reply(response, outcome);
    },
  );

  app.get(
    '/programs',
    {
      schema: {
        tags: ['Programs'],
        summary: 'The programs that the caller may see, by id',
        operationId: 'listPrograms',
        querystring: pageQuery,
        response: { 200: pageOf(programSummary) },
      },
    },
    async ({ query, caller }) => {
      const { email, installationRole, scope } = caller;
      const viewer = { email, installationRole, programId: scope?.programId };
      const { items, nextCursor } = await database.read.programs(viewer, pageRequest(query));
      return {
        items: await summariesFor(app.services, await letInto(app.services, items, caller), caller),
        nextCursor,
      };
    },
  );
};
