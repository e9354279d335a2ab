import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { holidayCalendar, UnknownCountryError } from '../../activities/holidayCalendars.ts';
import { defineProgram } from '../../domain/definition.ts';
import { forbidden, wrong } from '../../domain/rejection.ts';
import type { Actor, ProgramDefinition } from '../../domain/types/index.ts';
import { actorOf, keyHeader, reply } from '../commandRoutes.ts';
import { pageRequest } from '../pages.ts';
import { programIdOf } from '../programIds.ts';
import { summaryOf } from '../readings.ts';
import { answerWith, pageOf, programSummary } from '../schemas/answers.ts';
import { pageQuery } from '../schemas/basics.ts';
import { programStart } from '../schemas/program.ts';
import { summaryView } from '../views/program.ts';

/** Starting programs, and the list of them. */
export const programsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { database, gateway } = app.services;

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
        const definition = defineProgram({
          ...request.body,
          id: request.body.id ?? programIdOf(request.body.name, commandId),
        });
        mustBeKnownCountry(definition.calendar.country);
        const actor = actorOf(request);
        mustBeAllowedToStart(actor, definition);
        const answer = await gateway.start(definition, actor, commandId);
        const program = summaryView(await summaryOf(app.services, definition.id));
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
        response: { 200: pageOf(Type.Object(programSummary.properties)) },
      },
    },
    async ({ query, caller }) => {
      const { items, nextCursor } = await database.read.programs(caller, pageRequest(query));
      return { items: items.map(summaryView), nextCursor };
    },
  );
};

function mustBeAllowedToStart(actor: Actor, { people }: ProgramDefinition): void {
  const starter = people.find(({ email }) => email === actor.email);
  if (actor.installationRole === 'administrator' || starter?.roles.includes('programManager')) return;
  forbidden(
    `A program is started by one of its program managers or by an administrator; name ${actor.email} among people ` +
      'with the role programManager.',
  );
}

/** The holidays are looked up by the program itself; that they can be is checked while somebody can still correct it. */
function mustBeKnownCountry(country: string | undefined): void {
  try {
    if (country) holidayCalendar(country);
  } catch (error) {
    if (error instanceof UnknownCountryError) wrong('country', `calendar.country: ${error.message}`);
    throw error;
  }
}
