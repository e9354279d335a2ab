import fp from 'fastify-plugin';
import { LRUCache } from 'lru-cache';
import type { Email, Role } from '../../domain/basics.ts';
import { isLetIn } from '../guests.ts';
import { notFound } from '../problem.ts';
import type {} from '../services.ts';

/** For how long somebody who lost their last role in a program can still read it: every request asks for them. */
const cached = { max: 10_000, ttl: 10_000 };

/**
 * Answers 404 to a request about a program that is not there, in which the caller has no role, as a guest nothing left to
 * do, or that the caller's token is not for: they are not told apart, so that nobody learns which programs there are.
 */
export const programAccess = fp(
  async (app) => {
    const known = new LRUCache<string, Role[]>(cached);

    async function rolesOf(programId: string, email: Email): Promise<Role[]> {
      const key = `${programId} ${email}`;
      const before = known.get(key);
      if (before) return before;
      const held = await app.services.database.read.rolesOf(programId, email);
      const roles = (await isLetIn(app.services, programId, email, held)) ? held : [];
      // Whoever has none may be given one at any moment, and wants to see the program then.
      if (roles.length > 0) known.set(key, roles);
      return roles;
    }

    app.decorateRequest('program');
    app.addHook('onRequest', async (request) => {
      // Where nobody calls, who must is asked to sign in before anything is read; a form of theirs is read first.
      if (!request.caller) return;
      const { programId: id } = request.params as { programId: string };
      const { email, installationRole, scope } = request.caller;
      const { read } = app.services.database;
      if (scope?.programId !== undefined && scope.programId !== id) throw notFound(`The program ${id}`);
      const roles = await rolesOf(id, email);
      // Whoever has a role is in a program that there is; the people who run the installation may read every one.
      const seen = roles.length > 0 || (installationRole && (await read.program(id)));
      if (!seen) throw notFound(`The program ${id}`);
      request.program = { id, roles, installationRole };
    });
  },
  { name: 'programAccess', dependencies: ['services', 'auth'] },
);
