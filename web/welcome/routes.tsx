import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { administratorEmail } from '../../api/administrator.ts';
import { byOf } from '../../api/requests.ts';
import type { FormError } from '../forms/fields.tsx';
import { Form } from '../forms/form.ts';
import { readPerson } from '../forms/person.ts';
import { mayStart } from '../start/right.ts';
import { welcomePage } from './page.tsx';

/** Where an installation is begun with: three ways, and who runs it. */
export const welcomeRoutes: FastifyPluginAsync = async (app) => {
  const { database } = app.services;

  app.get('/welcome', async (request, reply) => {
    const { done } = request.query as { done?: string };
    return show(request, reply, { named: done === 'named' });
  });

  app.post('/welcome', async (request, reply) => {
    const form = Form.of(request.body);
    const refused = (status: number, errors: FormError[]) => show(request, reply, { status, failed: { form, errors } });
    if (request.caller.email !== administratorEmail) {
      return refused(409, [{ detail: 'You said who you are already. A colleague can be invited under Accounts.' }]);
    }
    const read = readPerson(form);
    if ('errors' in read) return refused(422, read.errors);
    const { email } = read.person;
    if (email === administratorEmail) {
      return refused(422, [{ field: 'email', label: 'E-mail address', detail: 'Type an address that mail reaches.' }]);
    }
    if (!(await database.accounts.move(administratorEmail, read.person, byOf(request)))) {
      const detail = `${email} has an account already. Sign in with it, or type another address.`;
      return refused(409, [{ field: 'email', label: 'E-mail address', detail }]);
    }
    return reply.redirect('/welcome?done=named', 303);
  });

  async function show(
    request: FastifyRequest,
    reply: FastifyReply,
    { status = 200, named, failed }: { status?: number; named?: boolean; failed?: { form: Form; errors: FormError[] } },
  ): Promise<FastifyReply> {
    const visitor = mayStart(request);
    const { administrator } = visitor;
    const page = welcomePage({
      visitor,
      csrf: request.csrf(),
      canPlay: administrator && app.example !== undefined,
      mailbox: administrator && app.mailboxDir !== undefined,
      named,
      failed,
    });
    return reply.show(page, { status });
  }
};
