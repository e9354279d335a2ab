import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { Mail } from '../../db/types.ts';
import { renderMail } from '../../domain/mail/render.ts';
import { isOvertaken } from '../../domain/mail/stale.ts';
import { pageRequest } from '../pages.ts';
import { summaryOf } from '../readings.ts';
import { pageOf } from '../schemas/answers.ts';
import { email, instant, pageQuery } from '../schemas/basics.ts';
import { clockNow } from '../views/program.ts';

const mailSchema = Type.Object({
  id: Type.String(),
  to: email,
  kind: Type.Enum(['digest', 'urgent']),
  dueAt: instant,
  status: Type.Enum(['queued', 'sending', 'sent', 'failed', 'kept', 'overtaken'], {
    description:
      'kept: of a rehearsal, shown here and never sent; overtaken: not sent, for all that it was to tell was done by then',
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
      const context = { publicUrl: settings.publicUrl, standardId: summary.standardId };
      return { ...page, items: page.items.map((mail) => ({ ...shown(mail), ...renderMail(mail, context) })) };
    },
  );
};

function shown(mail: Mail) {
  const { id, to, kind, dueAt, attempts, lastError, sentAt, messageId, items } = mail;
  const status = mail.status === 'kept' && isOvertaken(mail) ? 'overtaken' : mail.status;
  const records = items.map(({ seq }) => seq);
  return { id, to, kind, dueAt, status, attempts, lastError, sentAt, messageId, records };
}
