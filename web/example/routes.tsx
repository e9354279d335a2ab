import type { FastifyPluginAsync } from 'fastify';
import { now } from '../../api/clock.ts';
import { mustAdminister, nothingHere } from '../start/right.ts';
import { examplePage } from './page.tsx';
import { createStage, type Example, type Stage } from './play.ts';
import { readExample } from './reading.ts';

declare module 'fastify' {
  interface FastifyInstance {
    /** Where the worked example is played; undefined where it is not. */
    example: Stage | undefined;
  }
}

/** Makes the stage of the example known to the pages. */
export function exampleStage(
  example: Example | undefined,
  warn: (details: object, message: string) => void,
): Stage | undefined {
  return example && createStage(example, (err) => warn({ err }, 'The example broke off'));
}

/** Playing the worked example, and watching it; for administrators. */
export const exampleRoutes: FastifyPluginAsync = async (app) => {
  app.get('/example', async (request, reply) => {
    mustAdminister(request);
    const reading = await readExample(app.services, mustHaveStage().last(), now());
    return reply.show(examplePage(reading, request.csrf()));
  });

  app.post('/example', async (request, reply) => {
    const { email, name } = mustAdminister(request);
    mustHaveStage().begin({ email, name });
    return reply.redirect('/example', 303);
  });

  function mustHaveStage(): Stage {
    if (!app.example) throw nothingHere();
    return app.example;
  }
};
