import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { InstallationRecord } from '../../db/installation.ts';
import { instant } from '../../domain/registry/fields.ts';
import { pageRequest } from '../pages.ts';
import { forbidden } from '../problem.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';

const record = Type.Unsafe<InstallationRecord>(
  Type.Object({
    seq: Type.Integer(),
    at: instant,
    type: Type.String({ examples: ['TokenMade'] }),
    actor: Type.Optional(Type.String({ description: 'Absent for what was done where the database is at hand' })),
    tokenId: Type.Optional(Type.String({ description: 'The token by which it came' })),
    through: Type.Enum(['page', 'api', 'provider', 'machine'] as const),
    data: Type.Record(Type.String(), Type.Unknown()),
  }),
);

/** What happened to the installation itself: tokens, accounts and passkeys, in a chain of hashes of its own; for administrators. */
export const installationRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.get(
    '/installation/records',
    {
      schema: {
        tags: ['Installation'],
        summary: 'Tokens, accounts and passkeys that were made, changed and taken away, the latest first',
        operationId: 'listInstallationRecords',
        querystring: pageQuery,
        response: { 200: pageOf(record) },
      },
    },
    async ({ caller: { installationRole, scope }, query }) => {
      if (installationRole !== 'administrator' || scope?.programId !== undefined)
        throw forbidden('Only an administrator reads the records of the installation; ask one.');
      return app.services.database.installation.records(pageRequest(query));
    },
  );
};
