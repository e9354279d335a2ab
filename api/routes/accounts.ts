import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';

import { installationRoles } from '../../domain/basics.ts';
import { email, name, strict } from '../../domain/registry/fields.ts';
import { now } from '../clock.ts';
import { pageRequest } from '../pages.ts';
import { forbidden } from '../problem.ts';
import { byOf } from '../requests.ts';
import { pageOf, pageQuery } from '../schemas/pages.ts';
import type { RequestCaller } from '../services.ts';

const tags = ['Accounts'];

const account = Type.Object({
  email,
  name,
  installationRole: Type.Optional(Type.Enum(installationRoles)),
  mayStart: Type.Boolean({ description: 'Whether they may start programs; administrators may without it' }),
});

/** Who is somebody in the installation, and who may start programs: for administrators. */
export const accountRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { accounts } = app.services.database;

  app.get(
    '/accounts',
    {
      schema: {
        tags,
        summary: 'The accounts of the installation, by e-mail address',
        operationId: 'listAccounts',
        querystring: pageQuery,
        response: { 200: pageOf(account) },
      },
    },
    async ({ caller, query }) => {
      mustBeAdministrator(caller);
      return accounts.list(pageRequest(query));
    },
  );

  app.put(
    '/accounts/:email',
    {
      schema: {
        tags,
        summary: 'Give somebody an account, and the right to start programs or not',
        operationId: 'putAccount',
        params: Type.Object({ email }),
        body: Type.Object({ name: Type.Optional(name), mayStart: Type.Boolean() }, strict),
        response: { 200: account },
      },
    },
    async ({ caller, params, body }) => {
      mustBeAdministrator(caller);
      const before = await accounts.find(params.email);
      const changed = {
        ...before,
        email: params.email,
        name: body.name ?? before?.name ?? params.email,
        mayStart: body.mayStart,
      };
      await accounts.put(changed, now(), byOf({ caller }));
      return changed;
    },
  );
};

function mustBeAdministrator({ installationRole, scope }: RequestCaller): void {
  if (installationRole === 'administrator' && scope?.programId === undefined) return;
  throw forbidden('Only an administrator sees accounts and says who may start programs; ask one.');
}
