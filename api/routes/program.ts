import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { readingOf, summaryOf } from '../readings.ts';
import { planDetails, programDetails } from '../schemas/programDetails.ts';
import { mustRead, sightFor } from '../sights.ts';
import { planView, programView } from '../views/program.ts';

/** A program in full, and its plan. */
export const programRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '',
    {
      schema: {
        tags: ['Programs'],
        summary: 'A program in full',
        operationId: 'getProgram',
        response: { 200: programDetails },
      },
    },
    async (request) => {
      const { id } = request.program;
      const summary = await summaryOf(app.services, id);
      return programView(summary, await readingOf(app.services, id), await sightFor(app.services, request));
    },
  );

  app.get(
    '/plan',
    {
      schema: {
        tags: ['Programs'],
        summary: 'The plan, the days of its phases, and the plans before it with who replaced them, when and why',
        operationId: 'getPlan',
        response: { 200: planDetails },
      },
    },
    async (request) => {
      const { id } = request.program;
      mustRead(await sightFor(app.services, request), 'plan', `The plan of ${id}`);
      const changes = await app.services.database.register.naming(id, [['PlanChanged']]);
      return planView(await readingOf(app.services, id), changes);
    },
  );
};
