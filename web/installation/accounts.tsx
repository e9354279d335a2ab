import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { withinBounds } from '../../api/bounds.ts';
import { now, today } from '../../api/clock.ts';
import { asProblem, notFound } from '../../api/problem.ts';
import { byOf } from '../../api/requests.ts';
import type { Account } from '../../db/accounts.ts';
import type { Email } from '../../domain/basics.ts';
import { asKnown } from '../../domain/registry/address.ts';
import { changeRights, removeAccount } from '../../identity/rights.ts';
import { invitationMail } from '../../words/mail/signIn.ts';
import type { FormError } from '../forms/fields.tsx';
import { Form } from '../forms/form.ts';
import { readPerson } from '../forms/person.ts';
import { mustAdminister } from '../start/right.ts';
import { accountPage, accountsPage, type Right, rights } from './page.tsx';

const onePage = 100;
const path = '/installation';

/** Who is somebody in the installation: who they are, what they may, invitations; for administrators. */
export const accountPageRoutes: FastifyPluginAsync<{ provider: boolean }> = async (app, { provider }) => {
  const { database, settings } = app.services;

  app.get(path, (request, reply) => list(request, reply));

  app.post(path, async (request, reply) => {
    mustAdminister(request);
    const form = Form.of(request.body);
    const refused = (status: number, errors: FormError[]) => list(request, reply, { status, failed: { form, errors } });
    const read = readPerson(form);
    if ('errors' in read) return refused(422, read.errors);
    const { email, name } = read.person;
    if (await database.accounts.find(email)) {
      return refused(409, [{ field: 'email', detail: `${email} has an account already; it is in the list above.` }]);
    }
    try {
      // Each address that is new here gets mail.
      const account = { email, name, ...rightsOf(form) };
      await withinBounds(app.services, request.caller, { people: [email] }, () =>
        database.accounts.put(account, now(), byOf(request)),
      );
    } catch (error) {
      const problem = asProblem(error);
      if (problem?.status !== 429) throw error;
      return refused(429, [{ detail: problem.message }]);
    }
    const sent = await invite(request, { email, name });
    return reply.redirect(`${pathOf(email)}?done=${sent ? 'invited' : 'notSent'}`, 303);
  });

  app.get(`${path}/accounts/:email`, (request, reply) => one(request, reply));

  app.post(`${path}/accounts/:email/rights`, async (request, reply) => {
    mustAdminister(request);
    const { email } = await mustFind(request);
    const changed = await changeRights(database, email, rightsOf(Form.of(request.body)), today(), byOf(request));
    if (changed === 'last') return one(request, reply, 409, [{ field: 'right', detail: lastOne }]);
    return reply.redirect(`${pathOf(email)}?done=rights`, 303);
  });

  app.post(`${path}/accounts/:email/invite`, async (request, reply) => {
    mustAdminister(request);
    const account = await mustFind(request);
    const sent = await invite(request, account);
    return reply.redirect(`${pathOf(account.email)}?done=${sent ? 'invited' : 'notSent'}`, 303);
  });

  app.post(`${path}/accounts/:email/remove`, async (request, reply) => {
    mustAdminister(request);
    const { email } = await mustFind(request);
    if (Form.of(request.body).get('sure') !== 'true') {
      return one(request, reply, 422, [{ field: 'sure', label: 'Are you sure?', detail: 'Say yes if you mean it.' }]);
    }
    if ((await removeAccount(database, email, today(), byOf(request))) === 'last')
      return one(request, reply, 409, [{ detail: lastOne }]);
    return reply.redirect(`${path}?done=removed`, 303);
  });

  /** Tells somebody that they can come in; gives whether the mail server took it. */
  async function invite({ caller, log }: FastifyRequest, { email, name }: Pick<Account, 'email' | 'name'>) {
    if (!app.postman) return false;
    const letter = invitationMail({ name, by: caller.name, link: settings.publicUrl });
    try {
      await app.postman.send({ to: email, ...letter });
      return true;
    } catch (error) {
      log.error({ err: error }, 'An invitation could not be sent');
      return false;
    }
  }

  async function list(
    request: FastifyRequest,
    reply: FastifyReply,
    { status = 200, failed }: { status?: number; failed?: { form: Form; errors: FormError[] } } = {},
  ): Promise<FastifyReply> {
    mustAdminister(request);
    const { cursor, done } = request.query as { cursor?: string; done?: string };
    const { items, nextCursor } = await database.accounts.list({ limit: onePage, ...(cursor && { cursor }) });
    const page = accountsPage({
      accounts: items,
      nextCursor,
      provider,
      canMail: app.postman !== undefined,
      csrf: request.csrf(),
      removed: done === 'removed',
      failed,
    });
    return reply.show(page, { status });
  }

  async function one(request: FastifyRequest, reply: FastifyReply, status = 200, errors: FormError[] = []) {
    mustAdminister(request);
    const account = await mustFind(request);
    const { done } = request.query as { done?: string };
    const canMail = app.postman !== undefined;
    const isOwn = account.email === request.caller.email;
    return reply.show(accountPage({ account, isOwn, canMail, csrf: request.csrf(), done, errors }), { status });
  }

  async function mustFind(request: FastifyRequest): Promise<Account> {
    const { email } = request.params as { email: Email };
    const account = await database.accounts.find(asKnown(email) as Email);
    if (!account) throw notFound(`The account ${email}`);
    return account;
  }
};

const lastOne = 'This is the last administrator. Make somebody else one first.';

function rightsOf(form: Form): Pick<Account, 'installationRole' | 'mayStart'> {
  const asked = form.get('right');
  const right: Right = rights.find((one) => one === asked) ?? 'nothing';
  if (right === 'administrator') return { installationRole: right, mayStart: true };
  if (right === 'operations') return { installationRole: right, mayStart: false };
  return { mayStart: right === 'start' };
}

function pathOf(email: string): string {
  return `${path}/accounts/${encodeURIComponent(email)}`;
}
