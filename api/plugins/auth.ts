import fp from 'fastify-plugin';
import type { TokenInfo } from '../../db/types.ts';
import { today } from '../clock.ts';
import { Problem } from '../problem.ts';
import type {} from '../services.ts';

/** What changes nothing, whatever token it comes with. */
const reading = ['GET', 'HEAD', 'OPTIONS'];

/**
 * Answers 401 to a request without a valid token, and 403 to one that would change something with a token that only reads;
 * `request.caller` is the token's person from then on. The program of its scope is looked at where programs are.
 */
export const auth = fp(
  async (app) => {
    app.decorateRequest('caller');
    app.addHook('onRequest', async (request) => {
      const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
      const found = token && (await app.services.database.tokens.find(token, today()));
      if (!found) throw unauthorized(token === undefined);
      if (found.scope?.access === 'read' && !reading.includes(request.method)) throw readsOnly(found);
      const { id: tokenId, ...caller } = found;
      request.caller = { ...caller, tokenId };
    });
  },
  { name: 'auth', dependencies: ['services'] },
);

function unauthorized(missing: boolean): Problem {
  const detail = missing
    ? 'Send a token: Authorization: Bearer <token>. You make one in your settings when you are signed in.'
    : 'The token is not known or no longer valid; make a new one in your settings when you are signed in.';
  return new Problem(401, 'token', detail, { headers: { 'www-authenticate': 'Bearer' } });
}

function readsOnly({ id }: TokenInfo): Problem {
  return new Problem(403, 'scope', `The token ${id} only reads; send one that may write.`);
}
