import type { FastifyPluginAsync, FastifyRequest } from 'fastify';
import { notFound } from '../../api/problem.ts';
import { readingOf, summaryOf } from '../../api/readings.ts';
import { sightFor } from '../../api/sights.ts';
import { clockNow } from '../../api/views/program.ts';
import type { Mail, MailStatus } from '../../db/types.ts';
import type { Email } from '../../domain/basics.ts';
import { dateAt } from '../../domain/calendar.ts';
import { nameOf } from '../../domain/people/people.ts';
import type { Person } from '../../domain/people/person.ts';
import { plainPages } from '../../identity/mailPages.ts';
import { renderMail } from '../../words/mail/render.ts';
import { isOvertaken } from '../../words/mail/stale.ts';
import { fullMoment } from '../../words/when.ts';
import { Select } from '../forms/fields.tsx';
import type { Page } from '../html/layout.tsx';
import { Empty, Moment } from '../html/parts.tsx';
import { sendBody } from './frame.ts';
import { mailPage } from './page.tsx';

const onePage = 50;

/** The mails of a program as they look; for who may read them, and to others their own. */
export const programMailRoutes: FastifyPluginAsync = async (app) => {
  app.get('/mails', async (request, reply) => {
    const { to: asked, cursor } = request.query as { to?: string; cursor?: string };
    const { summary, state, sight, now } = await look(request);
    const seesAll = sight.all('mail');
    const to = seesAll ? ((asked || undefined) as Email | undefined) : request.caller.email;
    const { items, nextCursor } = await app.services.database.outbox.list(
      summary.id,
      now,
      { limit: onePage, ...(cursor && { cursor }) },
      to,
    );
    const words = wordsFor(summary.standardId);
    const mails = items.map((mail) => ({
      mail,
      name: nameOf(state, mail.to),
      subject: sight.sees({ subject: 'mailText', to: [mail.to] }) ? renderMail(mail, words).subject : undefined,
    }));
    const today = dateAt(now, summary.timeZone);
    const people = seesAll ? state.people : [];
    return reply.show(listPage({ program: summary, mails, people, to, nextCursor, today }));
  });

  app.get('/mails/:mailId', async (request, reply) => {
    const { mail, summary, state } = await mustRead(request);
    const { subject, text } = renderMail(mail, wordsFor(summary.standardId));
    const base = `/programs/${encodeURIComponent(summary.id)}/mails`;
    const facts = [
      ['To', `${nameOf(state, mail.to)} <${mail.to}>`] as const,
      ['Due', fullMoment(mail.dueAt, summary.timeZone)] as const,
      ['What happened', outcomeOf(mail)] as const,
      mail.lastError ? (['Last error', mail.lastError] as const) : undefined,
    ];
    const body = `${base}/${encodeURIComponent(mail.id)}/body`;
    const list = { href: base, label: `Mails of ${summary.name}` };
    const { id, name } = summary;
    return reply.show(mailPage({ subject, text, body, facts, list }, { program: { id, name, place: 'records' } }));
  });

  app.get('/mails/:mailId/body', async (request, reply) => {
    const { mail, summary } = await mustRead(request);
    return sendBody(reply, renderMail(mail, wordsFor(summary.standardId)).html);
  });

  async function look(request: FastifyRequest) {
    const { id } = request.program;
    const [summary, { state }, sight] = await Promise.all([
      summaryOf(app.services, id),
      readingOf(app.services, id),
      sightFor(app.services, request),
    ]);
    return { summary, state, sight, now: clockNow(summary) };
  }

  async function mustRead(request: FastifyRequest) {
    const { mailId } = request.params as { mailId: string };
    const { summary, state, sight, now } = await look(request);
    const mail = await app.services.database.outbox.find(summary.id, mailId);
    if (!mail || mail.dueAt > now || !sight.sees({ subject: 'mailText', to: [mail.to] })) throw notFound('This mail');
    return { mail, summary, state };
  }

  function wordsFor(standardId: string) {
    return { pages: plainPages(app.services.settings.publicUrl), standardId };
  }
};

const outcomes: Record<MailStatus, string> = {
  queued: 'waits to be sent, by the mail server that is set then',
  sending: 'is being sent',
  sent: 'was sent',
  failed: 'could not be sent',
  kept: 'kept here, as the mails of a rehearsal are',
  overtaken: 'not sent: nothing in it held any more',
  unwanted: 'not sent: its recipient chose to get no digests',
};

function outcomeOf(mail: Mail): string {
  if (mail.local)
    return 'put into the mailbox of this machine, for no mail server was set; it is not sent again when one is';
  return outcomes[mail.status === 'kept' && isOvertaken(mail) ? 'overtaken' : mail.status];
}

interface MailList {
  program: { id: string; name: string; timeZone: string };
  mails: { mail: Mail; name: string; subject: string | undefined }[];
  /** Whose mails can be looked for. */
  people: readonly Person[];
  to: string | undefined;
  nextCursor: string | null;
  today: ReturnType<typeof dateAt>;
}

function listPage({ program, mails, people, to, nextCursor, today }: MailList): Page {
  const { id, name, timeZone } = program;
  const base = `/programs/${encodeURIComponent(id)}/mails`;
  const options = people.map((one) => ({ value: one.email, label: one.name }));
  const query = new URLSearchParams({
    ...(to && people.length > 0 && { to }),
    ...(nextCursor && { cursor: nextCursor }),
  });
  return {
    title: 'Mails',
    program: { id, name, place: 'records' },
    body: (
      <>
        <h1>Mails</h1>
        <p>Who was told what, the newest first.</p>
        {people.length > 0 && (
          <form method="get" action={base} class="filter">
            <Select name="to" label="Whose" value={to} options={options} />
            <button type="submit">Show</button>
          </form>
        )}
        {mails.length === 0 && <Empty>There are none. What the program tells its people will be listed here.</Empty>}
        <ul class="rows">
          {mails.map(({ mail, name: recipient, subject }) => (
            <li key={mail.id}>
              {subject === undefined ? (
                <p>A mail that is not for you to read</p>
              ) : (
                <a href={`${base}/${encodeURIComponent(mail.id)}`}>{subject}</a>
              )}
              <p class="quiet">
                to {recipient}, <Moment at={mail.dueAt} timeZone={timeZone} today={today} />, {outcomeOf(mail)}
              </p>
            </li>
          ))}
        </ul>
        {nextCursor && (
          <p class="row">
            <a href={`${base}?${query}`}>Earlier mails</a>
          </p>
        )}
      </>
    ),
  };
}
