import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { addCommandRoutes } from '../commandRoutes.ts';
import { pageRequest } from '../pages.ts';
import { notFound } from '../problem.ts';
import { finding, pageOf } from '../schemas/answers.ts';
import { id, pageQuery } from '../schemas/basics.ts';

const tags = ['Findings'];

/** Findings, from the corrective action plan to its verification. */
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
    ({ program, query }) => read.findings(program.id, pageRequest(query)),
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
    async ({ params: { programId, findingId } }) => {
      const found = await read.finding(programId, findingId);
      if (!found) throw notFound(`The finding ${findingId}`);
      return found;
    },
  );

  addCommandRoutes(app, 'Findings', [
    {
      method: 'POST',
      path: '/findings/:findingId/plan',
      type: 'planCorrectiveAction',
      gives: 'finding',
      summary: 'Hand in the corrective action plan',
    },
    {
      method: 'POST',
      path: '/findings/:findingId/plan-review',
      type: 'reviewCorrectiveActionPlan',
      gives: 'finding',
      summary: 'Accept or reject the plan',
    },
    {
      method: 'POST',
      path: '/findings/:findingId/done',
      type: 'reportCorrectiveActionDone',
      gives: 'finding',
      summary: 'Report the action done',
    },
    {
      method: 'POST',
      path: '/findings/:findingId/verify',
      type: 'verifyFinding',
      gives: 'finding',
      summary: 'Say whether the action was effective',
    },
    {
      method: 'POST',
      path: '/findings/:findingId/raise',
      type: 'raiseToMajor',
      gives: 'finding',
      summary: 'Raise a minor to a major nonconformity, alone or together with others (R4)',
    },
  ]);
};
