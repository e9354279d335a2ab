import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import { now } from '../../api/clock.ts';
import { Problem } from '../../api/problem.ts';
import type { Email } from '../../domain/basics.ts';
import { asKnown } from '../../domain/registry/address.ts';
import { isAddress } from '../../identity/address.ts';
import { askByMail, codeMinutes, lookAtLink, TooManySignInsError, tryCode, useLink } from '../../identity/signIn.ts';
import { signInMail } from '../../words/mail/signIn.ts';
import { Form } from '../forms/form.ts';
import { localPath } from '../localPath.ts';
import { mustBeOwnForm } from '../sameSite.ts';
import { isWelcomed } from '../welcome/where.ts';
import {
  codePage,
  linkPage,
  type Onward,
  type OtherWay,
  refusals,
  refusedPage,
  resumePage,
  signInPage,
} from './pages.tsx';
import { resumedOf } from './resume.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Ways in beside a mailed code, such as a provider of OpenID Connect. */
    otherWaysIn: OtherWay[];
  }
}

/** The browser that asked for a code, so that the link in the mail works there and nowhere else. */
const asked = 'sign-in';

/** A mailbox is filled by nobody, and no code found by trying, however many addresses are tried from one place. */
const seldom = { rateLimit: { max: 30, timeWindow: '10 minutes', keyGenerator: ({ ip }: FastifyRequest) => ip } };

/** Coming in by a mailed code or link, or by a link printed on the server; and going out. */
export const signInRoutes: FastifyPluginAsync = async (app) => {
  const { database, settings } = app.services;
  const canMail = app.postman !== undefined;

  app.get('/sign-in', async (request, reply) => {
    const { to } = request.query as { to?: string };
    const onward = { to: localPath(to) };
    if (request.visitor) return reply.redirect(onward.to, 303);
    return reply.show(signInPage({ onward, others: app.otherWaysIn, canMail }));
  });

  app.post('/sign-in', { config: seldom }, async (request, reply) => {
    const form = Form.of(request.body);
    const onward = onwardOf(form);
    const email = asKnown(form.get('email'));
    const again = (status: number, detail: string) =>
      reply.show(
        signInPage({ email, errors: [{ field: 'email', detail }], onward, others: app.otherWaysIn, canMail }),
        { status },
      );
    if (!isAddress(email)) return again(422, 'Type your e-mail address, such as kim@example.com.');
    try {
      const { id, mail } = await askByMail(database, email, now());
      if (mail) await sendCode(email, mail);
      reply.keep(asked, `${id} ${email}`, codeMinutes * 60);
      return reply.show(codePage({ email, onward }));
    } catch (error) {
      if (error instanceof TooManySignInsError) {
        return again(429, 'Codes were asked for many times in the last hour. Use the newest mail, or try again later.');
      }
      if (error instanceof NotSentError) {
        request.log.error({ err: error.cause }, 'A sign-in code could not be sent');
        return again(503, 'The mail could not be sent just now. Try again in a minute, or tell the administrator.');
      }
      throw error;
    }
  });

  app.post('/sign-in/code', { config: seldom }, async (request, reply) => {
    const form = Form.of(request.body);
    const onward = onwardOf(form);
    const [id = '', email = ''] = reply.kept(asked)?.split(' ') ?? [];
    const askAnother = (why: keyof typeof refusals) =>
      reply.show(signInPage({ email, errors: [{ detail: refusals[why] }], onward, others: app.otherWaysIn, canMail }), {
        status: 422,
      });
    if (!isAddress(email)) return askAnother('unknown');
    const attempt = await tryCode(database, id, form.get('code'), now());
    // The button of the mail was pressed meanwhile, in another window of this browser.
    if (attempt.outcome === 'used' && request.visitor?.email === email) return goOn(request, reply, onward);
    if (attempt.outcome === 'wrongCode') {
      const errors = [{ field: 'code', detail: refusals.wrongCode }];
      return reply.show(codePage({ email, errors, onward }), { status: 422 });
    }
    if (attempt.outcome !== 'in') return askAnother(attempt.outcome);
    return comeIn(request, reply, attempt.email, onward);
  });

  app.get('/sign-in/link/:token', async (request, reply) => {
    const { token } = request.params as { token: string };
    const { signIn, closed } = await lookAtLink(database, token, now());
    // Whoever opens the link twice, or whose browser looked ahead, is in already.
    if (closed === 'used' && signIn?.email === request.visitor?.email)
      return reply.redirect(await startPage(request), 303);
    if (!signIn || closed) return reply.show(refusedPage(closed ?? 'unknown'), { status: 410 });
    if (signIn.kind === 'mail') {
      const sameBrowser = reply.kept(asked)?.split(' ')[0] === signIn.id;
      return reply.show(linkPage({ token, email: signIn.email, sameBrowser }));
    }
    // A link that was printed on the server is handed on by chat, where a preview opens it before its person does.
    if (!isOpenedByPerson(request)) return reply.show(linkPage({ token, email: signIn.email, sameBrowser: true }));
    return comeInFromServer(request, reply, token);
  });

  app.post('/sign-in/link/:token', { config: seldom }, async (request, reply) => {
    const { token } = request.params as { token: string };
    const { signIn } = await lookAtLink(database, token, now());
    if (signIn?.kind === 'terminal') return comeInFromServer(request, reply, token);
    const attempt = await useLink(database, token, reply.kept(asked)?.split(' ')[0], now());
    if (attempt.outcome !== 'in') return reply.show(refusedPage(attempt.outcome), { status: 410 });
    return comeIn(request, reply, attempt.email, { to: '/' });
  });

  app.post('/sign-out', async (request, reply) => {
    mustBeOwnForm(request, Form.of(request.body));
    await reply.signOut();
    return reply.redirect('/sign-in', 303);
  });

  async function comeInFromServer(request: FastifyRequest, reply: FastifyReply, token: string): Promise<FastifyReply> {
    const attempt = await useLink(database, token, undefined, now());
    if (attempt.outcome !== 'in') return reply.show(refusedPage(attempt.outcome), { status: 410 });
    await reply.signIn(attempt.email, 'terminal');
    return reply.redirect(await startPage(request), 303);
  }

  /** Who begins an installation is led to what it can begin with. */
  async function startPage({ visitor }: FastifyRequest): Promise<string> {
    return (await isWelcomed(app, visitor)) ? '/welcome' : '/';
  }

  async function sendCode(email: Email, { code, linkToken }: { code: string; linkToken: string }): Promise<void> {
    if (!app.postman) throw new Problem(503, 'mail', 'This installation sends no mail, so nobody can sign in by mail.');
    const link = `${settings.publicUrl}/sign-in/link/${linkToken}`;
    const letter = signInMail({ code, link, minutes: codeMinutes, publicUrl: settings.publicUrl });
    await app.postman.send({ to: email, ...letter }).catch((error: unknown) => {
      throw new NotSentError('A sign-in mail was not taken', { cause: error });
    });
  }

  async function comeIn(
    request: FastifyRequest,
    reply: FastifyReply,
    email: Email,
    onward: Onward,
  ): Promise<FastifyReply> {
    // What the browser keeps of the request for a code stays: the page that asks for it may be open in another window.
    await reply.signIn(email, 'mail');
    return goOn(request, reply, onward);
  }

  function goOn(request: FastifyRequest, reply: FastifyReply, { to, resume }: Onward): FastifyReply {
    const resumed = resumedOf(resume);
    if (!resumed) return reply.redirect(to, 303);
    return reply.show(resumePage(resumed, request.csrf()));
  }
};

/** The mail server did not take a code. */
class NotSentError extends Error {
  override readonly name = 'NotSentError';
}

/**
 * Whether a browser says that somebody opens a page in it. Whatever else looks at links (the preview of a chat, a scanner, a
 * browser that looks ahead) does not say so; neither does a browser without TLS, whose person presses a button then.
 */
function isOpenedByPerson({ method, headers }: FastifyRequest): boolean {
  const isAhead = headers['sec-purpose'] !== undefined || headers.purpose !== undefined;
  return method === 'GET' && headers['sec-fetch-dest'] === 'document' && !isAhead;
}

function onwardOf(form: Form): Onward {
  const resume = form.get('resume');
  return { to: localPath(form.get('to')), ...(resumedOf(resume) && { resume }) };
}
