import type { FastifyPluginAsync } from 'fastify';
import { isWelcomed } from '../welcome/where.ts';

/** Where somebody comes in: what is asked of them. */
export const homeRoutes: FastifyPluginAsync = async (app) => {
  app.get('/', async (request, reply) =>
    reply.redirect((await isWelcomed(app, request.visitor)) ? '/welcome' : '/inbox', 303),
  );
};
