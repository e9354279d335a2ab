import fp from 'fastify-plugin';
import { today } from '../clock.ts';
import { Problem } from '../problem.ts';
import type {} from '../services.ts';

/** Answers 401 to a request without a valid token; `request.caller` is the token's person from then on. */
export const auth = fp(
  async (app) => {
    app.decorateRequest('caller');
    app.addHook('onRequest', async (request) => {
      const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
      const caller = token && (await app.services.database.tokens.find(token, today()));
      if (!caller) throw unauthorized(token === undefined);
      request.caller = caller;
    });
  },
  { name: 'auth', dependencies: ['services'] },
);

function unauthorized(missing: boolean): Problem {
  const detail = missing
    ? 'Send a token: Authorization: Bearer <token>. An administrator makes tokens with POST /v1/tokens.'
    : 'The token is not known or no longer valid; ask an administrator for a new one.';
  return new Problem(401, 'token', detail, { headers: { 'www-authenticate': 'Bearer' } });
}
