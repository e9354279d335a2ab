import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { addCommandRoutes } from '../commandRoutes.ts';
import { pageRequest } from '../pages.ts';
import { notFound } from '../problem.ts';
import { audit, pageOf } from '../schemas/answers.ts';
import { id, pageQuery } from '../schemas/basics.ts';

const tags = ['Audits'];

/** Audits, from their planning to their outcome. */
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

  addCommandRoutes(app, 'Audits', [
    {
      method: 'POST',
      path: '/audits',
      type: 'planAudit',
      gives: 'audit',
      creates: true,
      summary: 'Plan an audit beside those that the cycle plans',
    },
    {
      method: 'POST',
      path: '/audits/earlier',
      type: 'recordEarlierAudit',
      gives: 'audit',
      creates: true,
      summary: 'Enter the last internal audit before the program was taken over',
    },
    {
      method: 'POST',
      path: '/audits/:auditId/schedule',
      type: 'scheduleAudit',
      gives: 'audit',
      summary: 'Give it its days and its team',
    },
    {
      method: 'POST',
      path: '/audits/:auditId/findings',
      type: 'raiseFinding',
      gives: 'finding',
      creates: true,
      summary: 'Raise a finding',
    },
    {
      method: 'POST',
      path: '/audits/:auditId/outcome',
      type: 'recordOutcome',
      gives: 'audit',
      summary: 'Record its outcome',
    },
  ]);
};
