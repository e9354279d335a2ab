import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { addCommandRoutes } from '../commandRoutes.ts';
import { notFound } from '../problem.ts';
import { readingOf } from '../readings.ts';
import { certificate } from '../schemas/answers.ts';

/** The decision of the certification body, and the certificate that follows from it. */
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

  addCommandRoutes(app, 'Certificate', [
    {
      method: 'POST',
      path: '/decision',
      type: 'recordDecision',
      gives: 'program',
      summary: "Record the body's decision",
    },
    {
      method: 'POST',
      path: '/certificate/suspend',
      type: 'suspendCertificate',
      gives: 'certificate',
      summary: 'Suspend it',
    },
    {
      method: 'POST',
      path: '/certificate/reinstate',
      type: 'reinstateCertificate',
      gives: 'certificate',
      summary: 'End the suspension',
    },
    {
      method: 'POST',
      path: '/certificate/reduce-scope',
      type: 'reduceScope',
      gives: 'certificate',
      summary: 'Reduce its scope by what failed; ends a suspension (R18)',
    },
    {
      method: 'POST',
      path: '/certificate/transfer',
      type: 'transferCertificate',
      gives: 'certificate',
      summary: 'Record its transfer to another certification body (R20)',
    },
    {
      method: 'POST',
      path: '/certificate/withdraw',
      type: 'withdrawCertificate',
      gives: 'certificate',
      summary: 'Withdraw it',
    },
    {
      method: 'POST',
      path: '/certificate/restore',
      type: 'restoreCertificate',
      gives: 'certificate',
      summary: 'Restore it after a lapse (R17)',
    },
  ]);
};
