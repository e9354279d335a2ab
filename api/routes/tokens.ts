import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import { Type } from 'typebox';
import { wrongWithDate } from '../../domain/calendar.ts';
import { forbidden, wrong } from '../../domain/rejection.ts';
import { installationRoles } from '../../domain/types/index.ts';
import { date, email, name, strict } from '../schemas/basics.ts';

const person = {
  email,
  name,
  expiresOn: Type.Optional(date),
  installationRole: Type.Optional(Type.Enum(installationRoles)),
};

/** Tokens, which administrators make. */
export const tokenRoutes: FastifyPluginAsyncTypebox = async (app) => {
  const { tokens } = app.services.database;

  app.post(
    '/tokens',
    {
      schema: {
        tags: ['Tokens'],
        summary: 'Make a token; it is shown once and never again',
        operationId: 'createToken',
        body: Type.Object(person, strict),
        response: { 201: Type.Object({ token: Type.String(), id: Type.String(), ...person }) },
      },
    },
    async ({ caller, body }, response) => {
      if (caller.installationRole !== 'administrator') forbidden('Tokens are made by an administrator; ask one.');
      const problem = body.expiresOn && wrongWithDate(body.expiresOn);
      if (problem) wrong('dates', `expiresOn: ${problem}.`);
      if (body.expiresOn && body.expiresOn < new Date().toISOString().slice(0, 10)) {
        wrong('dates', `expiresOn: ${body.expiresOn} is past; name a day on which the token shall still be valid.`);
      }
      const { token, info } = await tokens.create(body);
      response.code(201);
      return { token, ...info };
    },
  );
};
