import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { certificate } from '../../domain/certificate/certificate.ts';
import { notFound } from '../problem.ts';
import { readingOf } from '../readings.ts';

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
    async ({ program }) => {
      const { state } = await readingOf(app.services, program.id);
      if (!state.certificate) throw notFound(`A certificate of ${program.id}`);
      return state.certificate;
    },
  );
};
