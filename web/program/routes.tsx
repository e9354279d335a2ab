import type { FastifyPluginAsync } from 'fastify';
import { actRoutes } from './act/routes.tsx';
import { auditsPage } from './audits/list.tsx';
import { auditPage } from './audits/one.tsx';
import { calendarPage } from './calendar/page.tsx';
import { certificatePage } from './certificate/page.tsx';
import { findingsPage } from './findings/list.tsx';
import { findingPage } from './findings/one.tsx';
import { overviewPage } from './overview/page.tsx';
import { peoplePage } from './people/page.tsx';
import { textsOf } from './query.ts';
import { viewOf } from './reading.ts';
import { recordsPage } from './records/list.tsx';
import { recordPage, verifyPage } from './records/one.tsx';
import { reportsPage } from './reports/page.tsx';
import { applicabilityPage } from './requirements/applicability.tsx';
import { requirementsPage } from './requirements/list.tsx';
import { requirementPage } from './requirements/one.tsx';
import { systemsPage } from './systems/page.tsx';
import { tasksPage } from './tasks/list.tsx';

interface OfOne {
  Params: { id: string };
}

/** The pages of a program, below `/programs/:programId`. */
export const programRoutes: FastifyPluginAsync = async (app) => {
  await app.register(actRoutes);
  await app.register(lists);
  await app.register(ones);
};

const lists: FastifyPluginAsync = async (app) => {
  app.get('/', async (request, reply) =>
    reply.show(await overviewPage(app, await viewOf(app, request), request.query)),
  );

  app.get('/tasks', async (request, reply) =>
    reply.show(await tasksPage(app, await viewOf(app, request), textsOf(request.query))),
  );

  app.get('/requirements', async (request, reply) =>
    reply.show(requirementsPage(await viewOf(app, request), textsOf(request.query))),
  );

  app.get('/applicability', async (request, reply) =>
    reply.show(await applicabilityPage(app, await viewOf(app, request), textsOf(request.query))),
  );

  app.get('/audits', async (request, reply) =>
    reply.show(await auditsPage(app, await viewOf(app, request), textsOf(request.query))),
  );

  app.get('/findings', async (request, reply) =>
    reply.show(await findingsPage(app, await viewOf(app, request), textsOf(request.query))),
  );

  app.get('/certificate', async (request, reply) =>
    reply.show(await certificatePage(app, await viewOf(app, request), request.query)),
  );

  app.get('/records', async (request, reply) =>
    reply.show(await recordsPage(app, await viewOf(app, request), textsOf(request.query))),
  );

  app.get('/reports', async (request, reply) =>
    reply.show(await reportsPage(app, await viewOf(app, request), textsOf(request.query))),
  );

  app.get('/people', async (request, reply) => reply.show(peoplePage(await viewOf(app, request), request.query)));

  app.get('/calendar', async (request, reply) => reply.show(calendarPage(await viewOf(app, request), request.query)));

  app.get('/systems', async (request, reply) => reply.show(systemsPage(await viewOf(app, request), request.query)));
};

const ones: FastifyPluginAsync = async (app) => {
  app.get<OfOne>('/requirements/:id', async (request, reply) =>
    reply.show(await requirementPage(app, await viewOf(app, request), request.params.id, request.query)),
  );

  app.get<OfOne>('/audits/:id', async (request, reply) =>
    reply.show(await auditPage(app, await viewOf(app, request), request.params.id, request.query)),
  );

  app.get<OfOne>('/findings/:id', async (request, reply) =>
    reply.show(await findingPage(app, await viewOf(app, request), request.params.id, request.query)),
  );

  app.get('/records/verify', async (request, reply) => reply.show(await verifyPage(app, await viewOf(app, request))));

  app.get<OfOne>('/records/:id', async (request, reply) =>
    reply.show(await recordPage(app, await viewOf(app, request), request.params.id, request.query)),
  );
};
