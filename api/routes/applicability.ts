import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { implementationStatuses } from '../../domain/assessment/requirement.ts';
import { id } from '../../domain/registry/fields.ts';
import { standardOutline } from '../../domain/standards/outline.ts';
import { pageOfAll } from '../pages.ts';
import { readingOf } from '../readings.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';

const line = Type.Object({
  controlId: id,
  title: Type.String(),
  section: Type.String(),
  applicable: Type.Optional(Type.Boolean({ description: 'Absent until it is set.' })),
  justification: Type.Optional(Type.String()),
  implementation: Type.Optional(Type.Enum(implementationStatuses)),
});

/** The statement of applicability: which controls apply, and why. */
export const applicabilityRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/applicability',
    {
      schema: {
        tags: ['Statement of applicability'],
        summary: 'Which controls apply, in the order of the standard',
        operationId: 'getApplicability',
        querystring: pageQuery,
        response: { 200: pageOf(line) },
      },
    },
    async ({ program, query }) => {
      const { state } = await readingOf(app.services, program.id);
      const controls = standardOutline(state.standard.id).requirements.filter(({ kind }) => kind === 'control');
      const lines = controls.map(({ id: controlId, title, section }) => ({
        controlId,
        title,
        section,
        ...state.applicability[controlId],
      }));
      return pageOfAll(lines, query);
    },
  );
};
