import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { id, instant } from '../../domain/registry/fields.ts';
import { executionTroubles } from '../../words/executions.ts';
import { pageOfAll } from '../pages.ts';
import { forbidden } from '../problem.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';

const finding = Type.Object({
  programId: id,
  trouble: Type.Enum(executionTroubles),
  detail: Type.String({ description: 'What is wrong, with what Temporal says of it' }),
  remedy: Type.String({ description: 'What to do, or why it does not heal by itself' }),
  since: instant,
  healedAt: Type.Optional(Type.Intersect([instant], { description: 'When it was healed; shown for a day' })),
});

/** Open programs whose execution in Temporal is not as the register has it: for those who run the installation. */
export const executionRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/executions',
    {
      schema: {
        tags: ['Operations'],
        summary: 'Open programs whose execution is not as the register has it, by id, and those healed within a day',
        operationId: 'listExecutions',
        querystring: pageQuery,
        response: {
          200: Type.Intersect([
            pageOf(finding),
            Type.Object({
              sweptAt: Type.Union([instant, Type.Null()], {
                description: 'When this process last compared; null before it did',
              }),
            }),
          ]),
        },
      },
    },
    async ({ caller, query }) => {
      if (caller.installationRole === undefined || caller.scope?.programId !== undefined)
        throw forbidden('Only administrators and operations see how executions run; ask one.');
      const watch = app.services.executions;
      return { ...pageOfAll(watch?.findings() ?? [], query), sweptAt: watch?.sweptAt() ?? null };
    },
  );
};
