import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { addCommandRoutes } from '../commandRoutes.ts';
import { readingOf, summaryOf } from '../readings.ts';
import { planDetails, programDetails } from '../schemas/programDetails.ts';
import { planView, programView } from '../views/program.ts';

/** A program in full, and what changes it as a whole. */
export const programRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '',
    {
      schema: {
        tags: ['Programs'],
        summary: 'A program in full',
        operationId: 'getProgram',
        response: { 200: programDetails },
      },
    },
    async ({ program }) => {
      const summary = await summaryOf(app.services, program.id);
      return programView(summary, await readingOf(app.services, program.id));
    },
  );

  app.get(
    '/plan',
    {
      schema: {
        tags: ['Programs'],
        summary: 'The plan, the days of its phases, and the plans before it with who replaced them, when and why',
        operationId: 'getPlan',
        response: { 200: planDetails },
      },
    },
    async ({ program }) => planView(await readingOf(app.services, program.id)),
  );

  addCommandRoutes(app, 'Programs', [
    {
      method: 'PATCH',
      path: '/plan',
      type: 'changePlan',
      gives: 'program',
      summary: 'Change the plan; the former one stays readable',
    },
    { method: 'PUT', path: '/scope', type: 'changeScope', gives: 'program', summary: 'Change the scope' },
    { method: 'POST', path: '/pause', type: 'pause', gives: 'program', summary: 'Pause the program' },
    { method: 'POST', path: '/resume', type: 'resume', gives: 'program', summary: 'Resume the program' },
    { method: 'POST', path: '/cancel', type: 'cancel', gives: 'program', summary: 'Cancel the program for good' },
    { method: 'PUT', path: '/people', type: 'setPeople', gives: 'program', summary: 'Say who takes part, all of them' },
  ]);

  addCommandRoutes(app, 'AI systems', [
    {
      method: 'PUT',
      path: '/ai-systems/:systemId',
      type: 'putAiSystem',
      renamed: { id: 'systemId' },
      gives: 'program',
      summary: 'Add or change an AI system; this opens its impact assessment',
    },
    {
      method: 'DELETE',
      path: '/ai-systems/:systemId',
      type: 'retireAiSystem',
      gives: 'program',
      summary: 'Retire an AI system; this closes its impact assessment',
    },
  ]);

  addCommandRoutes(app, 'Incidents and complaints', [
    { method: 'POST', path: '/incidents', type: 'reportIncident', creates: true, summary: 'Report an incident' },
    {
      method: 'POST',
      path: '/significant-changes',
      type: 'reportSignificantChange',
      creates: true,
      summary:
        'Report a significant change: the recertification begins with a Stage 1 (R15), and so does a certification after a lapse (R17)',
    },
    { method: 'POST', path: '/complaints', type: 'reportComplaint', creates: true, summary: 'Report a complaint' },
  ]);

  addCommandRoutes(app, 'Management reviews', [
    {
      method: 'POST',
      path: '/management-reviews',
      type: 'holdManagementReview',
      creates: true,
      summary: 'Record a management review that was held',
    },
  ]);
};
