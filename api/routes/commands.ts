import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox';
import type { UserCommand } from '../../domain/registry.ts';
import { carryOutMany } from '../bulk.ts';
import { keyHeader, reply } from '../requests.ts';
import { bulkAnswer } from '../schemas/answers.ts';
import { bulkBody, bulkValidatorCompiler } from '../schemas/bulk.ts';

/** Many commands at once. */
export const commandsRoutes: FastifyPluginAsyncTypebox = async (app) => {
  app.post(
    '/commands',
    {
      validatorCompiler: bulkValidatorCompiler,
      schema: {
        tags: ['Many at once'],
        summary: 'Up to 200 commands in one commit, each answered with its result or why it was refused',
        operationId: 'sendCommands',
        headers: keyHeader,
        body: bulkBody,
        response: { 200: bulkAnswer },
      },
    },
    (request, response) => {
      // The validator has checked each command by its own type.
      const { commands, atomic = false } = request.body as { commands: UserCommand[]; atomic?: boolean };
      return reply(response, carryOutMany(app, request, commands, atomic));
    },
  );
};
