import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { certificate } from '../../domain/certificate/certificate.ts';
import { pageRequest, positionOf } from '../pages.ts';
import { notFound } from '../problem.ts';
import { readingOf } from '../readings.ts';
import { ofCertificate, recordsAfter } from '../records.ts';
import { record } from '../schemas/answers.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';
import { sightFor } from '../sights.ts';

/** The certificate of a program. */
export const certificateRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/certificate',
    {
      schema: {
        tags: ['Certificate'],
        summary: 'The certificate; 404 before the first is granted',
        operationId: 'getCertificate',
        response: { 200: certificate },
      },
    },
    async (request) => {
      const { id } = request.program;
      const { certificate } = (await readingOf(app.services, id)).state;
      const sight = await sightFor(app.services, request);
      if (!certificate || !sight.all('certificate')) throw notFound(`A certificate of ${id}`);
      return certificate;
    },
  );

  app.get(
    '/certificate/history',
    {
      schema: {
        tags: ['Certificate'],
        summary: 'Every certificate and what became of it: decisions, suspensions, renewals, from the first on',
        operationId: 'listCertificateHistory',
        querystring: pageQuery,
        response: { 200: pageOf(record) },
      },
    },
    async (request) => {
      const { limit, cursor } = pageRequest(request.query);
      const after = cursor === undefined ? 0 : positionOf(cursor);
      const sight = await sightFor(app.services, request);
      const { register } = app.services.database;
      return recordsAfter(register, request.program.id, sight, { after, limit }, { names: [ofCertificate] });
    },
  );
};
