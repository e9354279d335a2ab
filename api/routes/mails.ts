import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Mail } from '../../db/types.ts';
import { email, instant } from '../../domain/registry/fields.ts';
import { renderMail } from '../../words/mail/render.ts';
import { isOvertaken } from '../../words/mail/stale.ts';
import { callOf } from '../calls.ts';
import { pageRequest } from '../pages.ts';
import { summaryOf } from '../readings.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';
import { clockNow } from '../views/program.ts';

const mailSchema = Type.Object({
  id: Type.String(),
  to: email,
  kind: Type.Enum(['digest', 'urgent']),
  dueAt: instant,
  status: Type.Enum(['queued', 'sending', 'sent', 'failed', 'kept', 'overtaken'], {
    description:
      'kept: a mail of a rehearsal, shown here and never sent; overtaken: not sent, because everything in it was done by then',
  }),
  attempts: Type.Integer(),
  lastError: Type.Optional(Type.String()),
  sentAt: Type.Optional(instant),
  messageId: Type.String(),
  records: Type.Array(Type.Integer(), { description: 'The records that it tells of' }),
  subject: Type.String(),
  text: Type.String(),
  html: Type.String(),
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
    async ({ program, query }) => {
      const summary = await summaryOf(app.services, program.id);
      const page = await database.outbox.list(program.id, clockNow(summary), pageRequest(query));
      const options = { publicUrl: settings.publicUrl, callOf, standardId: summary.standardId };
      return { ...page, items: page.items.map((mail) => ({ ...shown(mail), ...renderMail(mail, options) })) };
    },
  );
};

function shown(mail: Mail) {
  const { id, to, kind, dueAt, attempts, lastError, sentAt, messageId, items } = mail;
  const status = mail.status === 'kept' && isOvertaken(mail) ? 'overtaken' : mail.status;
  const records = items.map(({ seq }) => seq);
  return { id, to, kind, dueAt, status, attempts, lastError, sentAt, messageId, records };
}
