import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { TokenInfo } from '../../db/types.ts';
import { id } from '../../domain/registry/fields.ts';
import { today } from '../clock.ts';
import { pageRequest } from '../pages.ts';
import { conflict, forbidden, notFound } from '../problem.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';
import { mustBeOfUse, tokenFields, tokenInput } from '../tokenInput.ts';

/** Tokens, which administrators make, see and take away. */
export const tokenRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { tokens } = app.services.database;

  app.post(
    '/tokens',
    {
      schema: {
        tags: ['Tokens'],
        summary: 'Make a token; it is shown once and never again',
        operationId: 'createToken',
        body: tokenInput,
        response: { 201: Type.Object({ token: Type.String(), id: Type.String(), ...tokenFields }) },
      },
    },
    async ({ caller, body }, response) => {
      mustBeAdministrator(caller);
      mustBeOfUse(body, today());
      const { token, info } = await tokens.create(body);
      response.code(201);
      return { token, ...info };
    },
  );

  app.get(
    '/tokens',
    {
      schema: {
        tags: ['Tokens'],
        summary: 'All tokens by e-mail address, without their secrets',
        operationId: 'listTokens',
        querystring: pageQuery,
        response: { 200: pageOf(Type.Object({ id: Type.String(), ...tokenFields })) },
      },
    },
    async ({ caller, query }) => {
      mustBeAdministrator(caller);
      return tokens.list(pageRequest(query));
    },
  );

  app.delete(
    '/tokens/:tokenId',
    {
      schema: {
        tags: ['Tokens'],
        summary: 'Revoke a token; it stops working at once, in other API processes within a minute',
        operationId: 'revokeToken',
        params: Type.Object({ tokenId: id }),
        response: { 204: Type.Null() },
      },
    },
    async ({ caller, params: { tokenId } }, response) => {
      mustBeAdministrator(caller);
      const { outcome } = await tokens.revoke(tokenId, today(), { unlessLast: true });
      if (outcome === 'unknown') throw notFound(`The token ${tokenId}`);
      if (outcome === 'last') {
        throw conflict(
          'lastAdministrator',
          `The token ${tokenId} is the last one of an administrator, and nobody could make another: make that first, with POST ` +
            '/v1/tokens, or with "certloop token --role administrator" on a machine that reaches the database.',
        );
      }
      return response.code(204).send(null);
    },
  );
};

function mustBeAdministrator({ installationRole }: TokenInfo): void {
  if (installationRole !== 'administrator') throw forbidden('Only an administrator can manage tokens; ask one.');
}
