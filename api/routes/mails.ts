import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Mail } from '../../db/types.ts';
import { mailKinds } from '../../domain/notices.ts';
import { email, instant } from '../../domain/registry/fields.ts';
import { plainPages } from '../../identity/mailPages.ts';
import { renderMail } from '../../words/mail/render.ts';
import { isOvertaken } from '../../words/mail/stale.ts';
import { pageRequest } from '../pages.ts';
import { summaryOf } from '../readings.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';
import { sightFor } from '../sights.ts';
import { clockNow } from '../views/program.ts';

const mailSchema = Type.Object({
  id: Type.String(),
  to: email,
  kind: Type.Enum(mailKinds, {
    description:
      'digest: once a day, of all programs of its recipient, here what this one has in it; escalation: what is overdue, at once, one a day; asked: what the next digest would tell too late; welcome: the first mail about the program, with the tasks that wait; urgent: a thing that waits for no other',
  }),
  dueAt: instant,
  status: Type.Enum(['queued', 'sending', 'sent', 'failed', 'kept', 'overtaken', 'unwanted'], {
    description:
      'kept: a mail of a rehearsal, shown here and never sent; overtaken: not sent, because everything in it was done by then; unwanted: not sent, because its recipient chose to get no digests',
  }),
  attempts: Type.Integer(),
  lastError: Type.Optional(Type.String()),
  sentAt: Type.Optional(instant),
  local: Type.Optional(
    Type.Literal(true, {
      description: 'It went into the local mailbox, for no mail server was set, and is not sent again when one is',
    }),
  ),
  messageId: Type.String(),
  records: Type.Array(Type.Integer(), { description: 'The records that it tells of' }),
  subject: Type.Optional(
    Type.String({ description: 'Absent, like text and html, when it is not the caller’s to read' }),
  ),
  text: Type.Optional(Type.String()),
  html: Type.Optional(Type.String()),
});

/** The mails of a program: who was told what. */
export const mailRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { database, settings } = app.services;

  app.get(
    '/mails',
    {
      schema: {
        tags: ['Mails'],
        summary: 'The mails of a program that are due by its clock, latest first',
        operationId: 'listMails',
        querystring: pageQuery,
        response: { 200: pageOf(mailSchema) },
      },
    },
    async (request) => {
      const { caller, program, query } = request;
      const summary = await summaryOf(app.services, program.id);
      const sight = await sightFor(app.services, request);
      const to = sight.all('mail') ? undefined : caller.email;
      const page = await database.outbox.list(program.id, clockNow(summary), pageRequest(query), to);
      const options = { pages: plainPages(settings.publicUrl), standardId: summary.standardId };
      return {
        ...page,
        items: page.items.map((mail) => ({
          ...shown(mail),
          ...(sight.sees({ subject: 'mailText', to: [mail.to] }) && renderMail(mail, options)),
        })),
      };
    },
  );
};

function shown(mail: Mail) {
  const { id, to, kind, dueAt, attempts, lastError, sentAt, local, messageId, items } = mail;
  const status = mail.status === 'kept' && isOvertaken(mail) ? 'overtaken' : mail.status;
  const records = items.map(({ seq }) => seq);
  return { id, to, kind, dueAt, status, attempts, lastError, sentAt, local, messageId, records };
}
