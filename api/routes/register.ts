import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { id } from '../../domain/registry/fields.ts';
import { cursorAt, pageRequest, positionOf } from '../pages.ts';
import { notFound } from '../problem.ts';
import { record } from '../schemas/answers.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';

const tags = ['Register'];

const verification = Type.Object({
  programId: id,
  ok: Type.Boolean(),
  records: Type.Integer(),
  brokenAt: Type.Optional(Type.Object({ seq: Type.Integer(), reason: Type.String() })),
});

/** The register: everything that happened, and whether it is as it was written. */
export const registerRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { register } = app.services.database;

  app.get(
    '/records',
    {
      schema: {
        tags,
        summary: 'What happened, from the first record on',
        operationId: 'listRecords',
        querystring: pageQuery,
        response: { 200: pageOf(record) },
      },
    },
    async ({ program, query }) => {
      const { limit, cursor } = pageRequest(query);
      const after = cursor === undefined ? 0 : positionOf(cursor);
      const records = await register.records(program.id, { after, limit: limit + 1 });
      const items = records.slice(0, limit);
      return { items, nextCursor: records.length > limit ? cursorAt(items.at(-1)!.seq) : null };
    },
  );

  app.get(
    '/records/:seq',
    {
      schema: {
        tags,
        summary: 'A record',
        operationId: 'getRecord',
        params: Type.Object({ programId: id, seq: Type.Integer({ minimum: 1 }) }),
        response: { 200: record },
      },
    },
    async ({ params: { programId, seq } }) => {
      const [found] = await register.records(programId, { after: seq - 1, limit: 1 });
      if (!found) throw notFound(`The record ${seq}`);
      return found;
    },
  );

  app.get(
    '/records/verify',
    {
      schema: {
        tags,
        summary: 'Whether any record was changed, removed or moved',
        operationId: 'verifyRecords',
        response: { 200: verification },
      },
    },
    ({ program }) => register.verify(program.id),
  );
};
