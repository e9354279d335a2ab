import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { audit } from '../../domain/audits/audit.ts';
import { id } from '../../domain/registry/fields.ts';
import { pageRequest } from '../pages.ts';
import { notFound } from '../problem.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';

const tags = ['Audits'];

/** The audits of a program. */
export const auditRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { read } = app.services.database;

  app.get(
    '/audits',
    {
      schema: {
        tags,
        summary: 'The audits of a program',
        operationId: 'listAudits',
        querystring: pageQuery,
        response: { 200: pageOf(audit) },
      },
    },
    ({ program, query }) => read.audits(program.id, pageRequest(query)),
  );

  app.get(
    '/audits/:auditId',
    {
      schema: {
        tags,
        summary: 'An audit',
        operationId: 'getAudit',
        params: Type.Object({ programId: id, auditId: id }),
        response: { 200: audit },
      },
    },
    async ({ params: { programId, auditId } }) => {
      const found = await read.audit(programId, auditId);
      if (!found) throw notFound(`The audit ${auditId}`);
      return found;
    },
  );
};
