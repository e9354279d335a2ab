import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { id } from '../../domain/registry/fields.ts';
import { pageRequest, positionOf } from '../pages.ts';
import { notFound } from '../problem.ts';
import { readingOf } from '../readings.ts';
import { recordFilter, wantedBy } from '../recordFilter.ts';
import { recordsAfter } from '../records.ts';
import { record } from '../schemas/answers.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';
import { mustRead, sightFor } from '../sights.ts';

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
        summary: 'What happened, from the first record on; of some things, people, types and days where they are named',
        operationId: 'listRecords',
        querystring: Type.Object({ ...pageQuery.properties, ...recordFilter.properties }),
        response: { 200: pageOf(record) },
      },
    },
    async (request) => {
      const { limit, cursor } = pageRequest(request.query);
      const after = cursor === undefined ? 0 : positionOf(cursor);
      const sight = await sightFor(app.services, request);
      const { state, ties } = await readingOf(app.services, request.program.id);
      const wanted = wantedBy(request.query, ties, state.calendar.timeZone);
      return recordsAfter(register, request.program.id, sight, { after, limit }, wanted);
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
    async (request) => {
      const { programId, seq } = request.params;
      const [found] = await register.records(programId, { after: seq - 1, limit: 1 });
      const sight = await sightFor(app.services, request);
      if (!found || !sight.record(found)) throw notFound(`The record ${seq}`);
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
    async (request) => {
      const { id: programId } = request.program;
      mustRead(await sightFor(app.services, request), 'register', `The register of ${programId}`);
      return register.verify(programId);
    },
  );
};
