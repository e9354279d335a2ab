import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { now } from '../../api/clock.ts';
import { byOf } from '../../api/requests.ts';
import type { Session } from '../../db/sessions.ts';
import { tokensOf } from '../../identity/rights.ts';
import type { FormError } from '../forms/fields.tsx';
import { Form } from '../forms/form.ts';
import { readPerson } from '../forms/person.ts';
import { formOf, readMailChoice } from './mailChoice.tsx';
import { type FailedSettings, settingsPage } from './page.tsx';

/** What somebody chooses for themselves: name, mails, where they are signed in. */
export const settingsRoutes: FastifyPluginAsync = async (app) => {
  const { database } = app.services;

  app.get('/settings', (request, reply) => show(request, reply));

  app.post('/settings/name', async (request, reply) => {
    const form = Form.of(request.body);
    const { email } = request.caller;
    const read = readPerson(new Form([...Object.entries(form.typed()), ['email', [email]]]));
    if ('errors' in read) return refused(request, reply, 'name', form, read.errors);
    const account = await database.accounts.find(email);
    if (!account) {
      return refused(request, reply, 'name', form, [
        { detail: 'You have no account; a program manager changes your name.' },
      ]);
    }
    await database.accounts.put({ ...account, name: read.person.name }, now(), byOf(request));
    return reply.redirect('/settings?done=name', 303);
  });

  app.post('/settings/mails', async (request, reply) => {
    const form = Form.of(request.body);
    const read = readMailChoice(form);
    if ('errors' in read) return refused(request, reply, 'mails', form, read.errors);
    await database.mailPreferences.set(request.caller.email, read.preferences);
    return reply.redirect('/settings?done=mails', 303);
  });

  app.post('/settings/sessions', async (request, reply) => {
    const form = Form.of(request.body);
    const { email, hash: own } = sessionOf(request);
    if (form.get('which') === 'all') {
      await database.sessions.endAll(email);
      await reply.signOut();
      return reply.redirect('/sign-in', 303);
    }
    if (form.get('which') === 'others') {
      await database.sessions.endAll(email, own);
      return reply.redirect('/settings?done=sessions', 303);
    }
    // Of this person only: whose session it is stands beside it.
    const session = await database.sessions.find(form.get('session'), now());
    if (session?.email === email) await database.sessions.end(session.hash);
    return reply.redirect('/settings?done=session', 303);
  });

  function refused(
    request: FastifyRequest,
    reply: FastifyReply,
    what: FailedSettings['what'],
    form: Form,
    errors: readonly FormError[],
  ): Promise<FastifyReply> {
    return show(request, reply, { what, form, errors });
  }

  async function show(request: FastifyRequest, reply: FastifyReply, failed?: FailedSettings): Promise<FastifyReply> {
    const { email, name } = request.caller;
    const { hash: own } = sessionOf(request);
    const [account, preferences, sessions, passkeys, tokens] = await Promise.all([
      database.accounts.find(email),
      database.mailPreferences.get(email),
      database.sessions.of(email, now()),
      database.passkeys.of(email),
      tokensOf(database, email),
    ]);
    const { done } = request.query as { done?: string };
    const page = settingsPage({
      email,
      name,
      hasAccount: account !== undefined,
      chosen: formOf(preferences),
      sessions,
      own,
      passkeys: passkeys.length,
      tokens: tokens.length,
      csrf: request.csrf(),
      done,
      failed,
    });
    return reply.show(page, { status: failed ? 422 : 200 });
  }
};

/** The session in which a page is asked for: whoever has none got no further. */
function sessionOf({ visitor }: FastifyRequest): Session {
  return visitor!.session;
}
