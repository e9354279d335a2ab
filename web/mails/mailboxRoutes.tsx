import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { today } from '../../api/clock.ts';
import { notFound, Problem } from '../../api/problem.ts';
import { wholeNumber } from '../../api/validator.ts';
import { count } from '../../words/phrases.ts';
import { fullMoment } from '../../words/when.ts';
import type { Page } from '../html/layout.tsx';
import { Empty, Moment } from '../html/parts.tsx';
import { textsOf } from '../program/query.ts';
import { mustAdminister, nothingHere } from '../start/right.ts';
import { sendBody } from './frame.ts';
import { type KeptMail, type KeptMails, mailOf, mailsIn } from './mailbox.ts';
import { mailPage } from './page.tsx';

const onePage = 50;
const path = '/mailbox';

/** The mails of the local mailbox as they look; for administrators, where the installation has one. */
export const mailboxRoutes: FastifyPluginAsync = async (app) => {
  app.get(path, async (request, reply) => {
    const folder = folderFor(request);
    const { from: given = '0' } = textsOf(request.query);
    const from = wholeNumber(given) ?? -1;
    if (from < 0) throw new Problem(400, 'malformed', `There is no mail number ${given.slice(0, 80)}.`);
    return reply.show(listPage(await mailsIn(folder, { from, limit: onePage }), from));
  });

  app.get<{ Params: { mailId: string } }>(`${path}/:mailId`, async (request, reply) => {
    const { id, subject, from, to, cameAt, html, text, headers } = await mustFind(request);
    const body = html === undefined ? undefined : `${pathOf(id)}/body`;
    const facts = [['To', to] as const, ['From', from] as const, ['Came', fullMoment(cameAt, 'utc')] as const];
    const list = { href: path, label: 'Mailbox' };
    return reply.show(mailPage({ subject, body, text, facts, headers, list }, { at: 'mailbox' }));
  });

  app.get<{ Params: { mailId: string } }>(`${path}/:mailId/body`, async (request, reply) => {
    const { html } = await mustFind(request);
    if (html === undefined) throw notFound('The HTML of this mail');
    return sendBody(reply, html);
  });

  function folderFor(request: FastifyRequest): string {
    mustAdminister(request);
    if (app.mailboxDir === undefined) throw nothingHere();
    return app.mailboxDir;
  }

  async function mustFind(request: FastifyRequest<{ Params: { mailId: string } }>): Promise<KeptMail> {
    const found = await mailOf(folderFor(request), request.params.mailId);
    if (!found) throw notFound('This mail');
    return found;
  }
};

function listPage({ mails, count: all }: KeptMails, from: number): Page {
  const earlier = from + onePage;
  return {
    title: 'Mailbox',
    at: 'mailbox',
    body: (
      <>
        <h1>Mailbox</h1>
        <p>
          Mails stay on this machine until a mail server is set (<code>CERTLOOP_SMTP_URL</code>).{' '}
          {all > 0 && `There are ${count(all, 'mail')}, the newest first.`} Those of rehearsals are with their program.
        </p>
        {mails.length === 0 && (
          <Empty>Nothing has come yet. What Certloop sends will be listed here, as it looks.</Empty>
        )}
        {mails.length > 0 && (
          <ul class="rows">
            {mails.map(({ id, subject, to, cameAt }) => (
              <li key={id}>
                <a href={pathOf(id)}>{subject}</a>
                <p class="quiet">
                  to {to}, <Moment at={cameAt} timeZone="utc" today={today()} />
                </p>
              </li>
            ))}
          </ul>
        )}
        <p class="row">
          {from > 0 && <a href={`${path}?from=${Math.max(0, from - onePage)}`}>Newer mails</a>}
          {earlier < all && <a href={`${path}?from=${earlier}`}>Earlier mails</a>}
        </p>
      </>
    ),
  };
}

function pathOf(id: string): string {
  return `${path}/${encodeURIComponent(id)}`;
}
