import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { finding } from '../../domain/findings/finding.ts';
import { id } from '../../domain/registry/fields.ts';
import { pageRequest } from '../pages.ts';
import { notFound } from '../problem.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';
import { sightFor } from '../sights.ts';

const tags = ['Findings'];

/** The findings of a program. */
export const findingRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { read } = app.services.database;

  app.get(
    '/findings',
    {
      schema: {
        tags,
        summary: 'The findings of a program',
        operationId: 'listFindings',
        querystring: pageQuery,
        response: { 200: pageOf(finding) },
      },
    },
    async (request) => {
      const { program, query } = request;
      return read.findings(program.id, pageRequest(query), (await sightFor(app.services, request)).finding);
    },
  );

  app.get(
    '/findings/:findingId',
    {
      schema: {
        tags,
        summary: 'A finding',
        operationId: 'getFinding',
        params: Type.Object({ programId: id, findingId: id }),
        response: { 200: finding },
      },
    },
    async (request) => {
      const { programId, findingId } = request.params;
      const sight = await sightFor(app.services, request);
      const found = sight.finding(findingId) && (await read.finding(programId, findingId));
      if (!found) throw notFound(`The finding ${findingId}`);
      return found;
    },
  );
};
