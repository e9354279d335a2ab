import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { id } from '../../domain/registry/fields.ts';
import { pageRequest } from '../pages.ts';
import { notFound } from '../problem.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';
import { seenAudit } from '../schemas/seen.ts';
import { sightFor } from '../sights.ts';
import { auditView } from '../views/parts.ts';

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
        response: { 200: pageOf(seenAudit) },
      },
    },
    async (request) => {
      const { program, query } = request;
      const sight = await sightFor(app.services, request);
      const { items, nextCursor } = await read.audits(program.id, pageRequest(query), sight.audit);
      return { items: items.map((audit) => auditView(audit, sight)), nextCursor };
    },
  );

  app.get(
    '/audits/:auditId',
    {
      schema: {
        tags,
        summary: 'An audit',
        operationId: 'getAudit',
        params: Type.Object({ programId: id, auditId: id }),
        response: { 200: seenAudit },
      },
    },
    async (request) => {
      const { programId, auditId } = request.params;
      const sight = await sightFor(app.services, request);
      const found = sight.audit(auditId) && (await read.audit(programId, auditId));
      if (!found) throw notFound(`The audit ${auditId}`);
      return auditView(found, sight);
    },
  );
};
