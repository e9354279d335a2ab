import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { readingOf, summaryOf } from '../readings.ts';
import { planDetails, programDetails } from '../schemas/programDetails.ts';
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
    async ({ program }) => {
      const summary = await summaryOf(app.services, program.id);
      return programView(summary, await readingOf(app.services, program.id));
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
    async ({ program }) => planView(await readingOf(app.services, program.id)),
  );
};
