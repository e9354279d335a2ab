import type { FastifyPluginAsync } from 'fastify';
import { textsOf } from '../query.ts';
import { portfolioPage } from './page.tsx';
import { readPortfolio, sorts } from './read.ts';

/** The programs of who is signed in. */
export const portfolioRoutes: FastifyPluginAsync = async (app) => {
  app.get('/programs', async (request, reply) => {
    const { caller, visitor } = request;
    const { cursor, sort: asked } = textsOf(request.query);
    const sort = sorts.find((one) => one === asked) ?? 'attention';
    const viewer = { email: caller.email, installationRole: caller.installationRole };
    const portfolio = await readPortfolio(app.services, viewer, { sort, cursor });
    const administrator = visitor?.installationRole === 'administrator';
    const mayStart = administrator || (visitor?.mayStart ?? false);
    const canPlay = administrator && app.example !== undefined;
    return reply.show(portfolioPage({ portfolio, sort, mayStart, canPlay }));
  });
};
