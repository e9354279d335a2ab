import fp from 'fastify-plugin';
import { mayRead } from '../../domain/permissions.ts';
import { notFound } from '../problem.ts';
import type {} from '../services.ts';

/**
 * Answers 404 to a request about a program that is not there or in which the caller has no role: the two are not
 * told apart, so that nobody learns which programs there are.
 */
export const programAccess = fp(
  async (app) => {
    app.decorateRequest('program');
    app.addHook('onRequest', async (request) => {
      const { programId: id } = request.params as { programId: string };
      const { email, installationRole } = request.caller;
      const { read } = app.services.database;
      const roles = await read.rolesOf(id, email);
      // Whoever has a role is in a program that there is.
      const seen = roles.length > 0 || (mayRead(roles, installationRole) && (await read.program(id)));
      if (!seen) throw notFound(`The program ${id}`);
      request.program = { id, roles, installationRole };
    });
  },
  { name: 'programAccess', dependencies: ['services', 'auth'] },
);
