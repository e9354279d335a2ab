import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { holidayCalendar, UnknownCountryError } from '../../activities/holidayCalendars.ts';
import { defineProgram } from '../../domain/program/define.ts';
import { type ProgramDefinition, programStart } from '../../domain/program/definition.ts';
import type { Caller } from '../gateway.ts';
import { pageRequest } from '../pages.ts';
import { forbidden, wrongField } from '../problem.ts';
import { programIdOf } from '../programIds.ts';
import { summaryOf } from '../readings.ts';
import { callerOf, keyHeader, reply } from '../requests.ts';
import { answerWith, programSummary } from '../schemas/answers.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';
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
        const caller = callerOf(request);
        mustBeAllowedToStart(caller, definition);
        const answer = await gateway.start(definition, caller, commandId);
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
        response: { 200: pageOf(programSummary) },
      },
    },
    async ({ query, caller }) => {
      const { items, nextCursor } = await database.read.programs(caller, pageRequest(query));
      return { items: items.map(summaryView), nextCursor };
    },
  );
};

function mustBeAllowedToStart(caller: Caller, { people }: ProgramDefinition): void {
  const starter = people.find(({ email }) => email === caller.email);
  if (caller.installationRole === 'administrator' || starter?.roles.includes('programManager')) return;
  throw forbidden(
    `Only one of its program managers or an administrator can start a program; name ${caller.email} among people ` +
      'with the role programManager.',
  );
}

/** The holidays are looked up by the program itself; that they can be is checked while somebody can still correct it. */
function mustBeKnownCountry(country: string | undefined): void {
  try {
    if (country) holidayCalendar(country);
  } catch (error) {
    if (error instanceof UnknownCountryError) throw wrongField('country', 'calendar.country', error.message);
    throw error;
  }
}
