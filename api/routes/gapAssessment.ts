import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { rateRequirement } from '../../domain/assessment/rateRequirement.ts';
import { acceptedEvidence, rating } from '../../domain/assessment/requirement.ts';
import { requirementState } from '../../domain/assessment/requirements.ts';
import { mustBeUnique } from '../../domain/checks.ts';
import { id, strict } from '../../domain/registry/fields.ts';
import { standardOutline } from '../../domain/standards/outline.ts';
import { carryOutMany } from '../bulk.ts';
import { pageOfAll } from '../pages.ts';
import { readingOf } from '../readings.ts';
import { keyHeader, reply } from '../requests.ts';
import { bulkAnswer } from '../schemas/answers.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';
import { sightFor } from '../sights.ts';

const tags = ['Gap assessment'];

const line = Type.Object({
  requirementId: id,
  title: Type.String(),
  kind: Type.Enum(['clause', 'control']),
  section: Type.String(),
  rating: Type.Optional(rating),
  evidence: Type.Optional(acceptedEvidence),
});

/** The gap assessment: how the organization stands to each requirement. */
export const gapAssessmentRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/gap-assessment',
    {
      schema: {
        tags,
        summary: 'Where the organization stands on each requirement, in the order of the standard',
        operationId: 'getGapAssessment',
        querystring: pageQuery,
        response: { 200: pageOf(line) },
      },
    },
    async (request) => {
      const { program, query } = request;
      const { state } = await readingOf(app.services, program.id);
      const sight = await sightFor(app.services, request);
      const lines = standardOutline(state.standard.id).requirements.flatMap(
        ({ id: requirementId, title, kind, section }) => {
          const seesRating = sight.requirement('gapAssessment', requirementId);
          const seesEvidence = sight.requirement('acceptedEvidence', requirementId);
          if (!seesRating && !seesEvidence) return [];
          const { rating, evidence } = requirementState(state, requirementId) ?? {};
          return {
            requirementId,
            title,
            kind,
            section,
            ...(rating && seesRating && { rating }),
            ...(evidence && seesEvidence && { evidence }),
          };
        },
      );
      return pageOfAll(lines, query);
    },
  );

  app.put(
    '/gap-assessment',
    {
      schema: {
        tags,
        summary: 'Rate many requirements in one commit: all, or none when one is refused',
        operationId: 'rateRequirements',
        headers: keyHeader,
        body: Type.Object({ items: Type.Array(rateRequirement.payload, { minItems: 1, maxItems: 200 }) }, strict),
        response: { 200: bulkAnswer },
      },
    },
    (request, response) => {
      mustBeUnique(
        request.body.items.map(({ requirementId }) => requirementId),
        'items',
        'requirement',
      );
      const commands = request.body.items.map((item) => ({ type: 'rateRequirement' as const, ...item }));
      return reply(response, carryOutMany(app, request, commands, true, 'items'));
    },
  );
};
