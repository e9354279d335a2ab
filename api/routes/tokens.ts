import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import type { TokenInfo } from '../../db/types.ts';
import { email, id, instant } from '../../domain/registry/fields.ts';
import { today } from '../clock.ts';
import { pageRequest } from '../pages.ts';
import { conflict, notFound } from '../problem.ts';
import { byOf } from '../requests.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';
import type { RequestCaller } from '../services.ts';
import { tokenFor } from '../tokenFor.ts';
import { mustBeOfUse, tokenFields, tokenRequest } from '../tokenInput.ts';

const tags = ['Tokens'];

const tokenInfo = {
  id: Type.String(),
  ...tokenFields,
  madeAt: Type.Optional(instant),
  madeBy: Type.Optional({ ...email, description: 'Absent for one made where the database is at hand' }),
  lastUsedAt: Type.Optional(instant),
};

/**
 * Tokens: each person makes, sees and takes away their own; administrators see and take away all. By a token for one program there
 * are only those of its person for that program.
 */
export const tokenRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { tokens } = app.services.database;

  app.post(
    '/tokens',
    {
      schema: {
        tags,
        summary: 'Make a token for oneself, or for a person of a rehearsal; it is shown once and never again',
        operationId: 'createToken',
        body: tokenRequest,
        response: { 201: Type.Object({ token: Type.String(), ...tokenInfo }) },
      },
    },
    async ({ caller, body }, response) => {
      mustBeOfUse(body, today());
      const { token, info } = await tokens.create(await tokenFor(app.services, caller, body), byOf({ caller }));
      response.code(201);
      return { token, ...info };
    },
  );

  app.get(
    '/tokens',
    {
      schema: {
        tags,
        summary: "The caller's tokens without their secrets; of administrators, those of all, by e-mail address",
        operationId: 'listTokens',
        querystring: pageQuery,
        response: { 200: pageOf(Type.Object(tokenInfo)) },
      },
    },
    async ({ caller, query }) =>
      tokens.list(pageRequest(query), seesAll(caller) ? undefined : caller.email, caller.scope?.programId),
  );

  app.delete(
    '/tokens/:tokenId',
    {
      schema: {
        tags,
        summary: 'Revoke a token; it stops working at once, in other API processes within a minute',
        operationId: 'revokeToken',
        params: Type.Object({ tokenId: id }),
        response: { 204: Type.Null() },
      },
    },
    async ({ caller, params: { tokenId } }, response) => {
      const found = await tokens.get(tokenId);
      // Those of others are not told from those that are not there.
      if (!found || !sees(caller, found)) throw notFound(`The token ${tokenId}`);
      const { outcome } = await tokens.revoke(tokenId, today(), { unlessLast: true, by: byOf({ caller }) });
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

function sees(caller: RequestCaller, { email: of, scope }: TokenInfo): boolean {
  if (seesAll(caller)) return true;
  const within = caller.scope?.programId;
  return of === caller.email && (within === undefined || within === scope?.programId);
}

/** A token for one program is no way to what belongs to the installation. */
function seesAll({ installationRole, scope }: RequestCaller): boolean {
  return installationRole === 'administrator' && scope?.programId === undefined;
}
