import fp from 'fastify-plugin';
import { Problem } from '../api/problem.ts';
import { Form } from './forms/form.ts';
import { partsOf } from './forms/parts.ts';
import { localPath } from './localPath.ts';
import { mustBeOwnForm } from './sameSite.ts';
import type {} from './show.tsx';
import { signInPage } from './signIn/pages.tsx';
import type {} from './signIn/routes.tsx';

/**
 * Pages for who is signed in. Whoever is not is led to the sign-in; a form that was sent after the session ended goes along,
 * so that nothing typed is lost.
 */
export const signedIn = fp(
  async (app) => {
    app.decorateRequest('caller');
    app.addHook('onRequest', async (request) => {
      const { visitor } = request;
      if (!visitor) {
        if (request.method === 'GET') throw new Problem(401, 'signIn', 'Sign in to see this page.');
        return;
      }
      const { email, name, installationRole } = visitor;
      request.caller = { email, name, ...(installationRole && { installationRole }) };
    });

    app.addHook('preHandler', async (request, reply) => {
      if (request.method === 'GET' || request.method === 'HEAD') return;
      if (request.visitor) {
        // A form with files is checked as it is read, before the first of them is stored, by the routes that take one.
        if (!request.isMultipart()) mustBeOwnForm(request, Form.of(request.body));
        return;
      }
      const fields = request.isMultipart() ? await fieldsOf(request) : Form.of(request.body).typedAndAsked();
      const to = localPath(request.url);
      const onward = { to, resume: JSON.stringify({ url: to, fields }) };
      return reply.show(signInPage({ onward, others: app.otherWaysIn, canMail: app.postman !== undefined }), {
        status: 401,
      });
    });
  },
  // The name under which other plugins ask for somebody who calls.
  { name: 'auth', dependencies: ['show', 'sameSite'] },
);

/** The texts of a form with files; the files themselves are not kept for who is not signed in. */
async function fieldsOf(request: Parameters<typeof mustBeOwnForm>[0]): Promise<Record<string, string[]>> {
  const fields = new Map<string, string[]>();
  for await (const part of partsOf(request)) {
    if (part.type === 'file') part.file.resume();
    else fields.set(part.fieldname, [...(fields.get(part.fieldname) ?? []), String(part.value ?? '')]);
  }
  return new Form(fields).typedAndAsked();
}
