import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { id } from '../../domain/registry/fields.ts';
import { type Catalogue, catalogues } from '../../domain/standards/index.ts';
import { pageOfAll } from '../pages.ts';
import { notFound } from '../problem.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';

const tags = ['Standards'];

const edition = { id, edition: Type.String(), title: Type.String(), sha256: Type.String() };

const requirement = Type.Object({
  id,
  title: Type.String(),
  kind: Type.Enum(['clause', 'control']),
  section: Type.String(),
  documented: Type.Boolean(),
  ask: Type.String({ description: 'What is asked for, in our own words.' }),
  why: Type.String(),
  usualEvidence: Type.Array(Type.String()),
  usualOwner: Type.String(),
  usualOwnerRole: Type.String(),
  aliases: Type.Array(Type.String()),
  crosswalk: Type.Record(Type.String(), Type.Unknown()),
});

const standard = Type.Unsafe<Catalogue>(
  Type.Object({
    ...edition,
    notes: Type.Array(Type.String()),
    sections: Type.Array(Type.Object({ id, title: Type.String() })),
    requirements: Type.Array(requirement),
  }),
);

/** The catalogue of standards. */
export const standardRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/standards',
    {
      schema: {
        tags,
        summary: 'The standards that a program can be certified to',
        operationId: 'listStandards',
        querystring: pageQuery,
        response: { 200: pageOf(Type.Object(edition)) },
      },
    },
    async ({ query }) =>
      pageOfAll(
        catalogues().map(({ id, edition, title, sha256 }) => ({ id, edition, title, sha256 })),
        query,
      ),
  );

  app.get(
    '/standards/:standardId',
    {
      schema: {
        tags,
        summary: 'A standard: its requirements, what evidence is usual, and where other frameworks say the same',
        operationId: 'getStandard',
        params: Type.Object({ standardId: id }),
        response: {
          200: standard,
        },
      },
    },
    async ({ params: { standardId } }) => {
      const found = catalogues().find((each) => each.id === standardId);
      if (!found) throw notFound(`The standard ${standardId}`);
      return found;
    },
  );
};
