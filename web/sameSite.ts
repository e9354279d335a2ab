import { createHmac, timingSafeEqual } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { Problem } from '../api/problem.ts';
import type { Form } from './forms/form.ts';
import type {} from './visit.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** What a form of this page sends along as `_csrf`; empty for who is not signed in, whom nobody can misuse. */
    csrf(): string;
  }
}

/**
 * Refuses forms that another site had the browser send. Browsers say where a form comes from; one that does not say it
 * could be misused only with the session's own token, which `mustBeOwnForm` asks for.
 */
export const sameSite = fp(
  async (app) => {
    const secret = await app.services.database.secrets.get('csrf');

    app.decorateRequest('csrf', function csrf(this: FastifyRequest): string {
      const { visitor } = this;
      if (!visitor) return '';
      return createHmac('sha256', secret).update(`csrf ${visitor.session.hash}`).digest('base64url');
    });

    app.addHook('onRequest', async (request) => {
      if (request.method === 'GET' || request.method === 'HEAD') return;
      if (isForeign(request)) throw foreign();
    });
  },
  { name: 'sameSite', dependencies: ['visit'] },
);

/** Throws a 403 unless a form of who is signed in was made for their session. */
export function mustBeOwnForm(request: FastifyRequest, form: Form): void {
  const expected = Buffer.from(request.csrf());
  const given = Buffer.from(form.get('_csrf'));
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) throw foreign();
}

function isForeign({ headers }: FastifyRequest): boolean {
  const site = headers['sec-fetch-site'];
  if (site !== undefined) return site !== 'same-origin' && site !== 'none';
  const { origin, host } = headers;
  return origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== host);
}

function foreign(): Problem {
  return new Problem(
    403,
    'foreignForm',
    'This form was not sent from a page of Certloop that is open in this browser for you now. Open the page again, and send it from there.',
  );
}
