import fp from 'fastify-plugin';
import { databaseCheck } from '../../operations/databaseCheck.ts';
import { type Check, readinessOf } from '../../operations/readiness.ts';
import { workersCheck } from '../../operations/serviceGauges.ts';
import type { Services } from '../services.ts';

/** What the API rests on. */
export function apiChecks({ database, gateway }: Pick<Services, 'database' | 'gateway'>): Check[] {
  return [
    databaseCheck(database),
    { name: 'temporal', look: () => gateway.reachable().then(() => 'ok'), needed: true },
    workersCheck(gateway.workers),
  ];
}

/** Serves `/healthz`, whether the process runs, and `/readyz`, whether it can write to the database, reaches Temporal, and anybody works. */
export const health = fp(
  async (app) => {
    const checks = apiChecks(app.services);

    app.get('/healthz', { schema: { tags: ['Operations'], summary: 'Whether the process runs' } }, async () => ({
      status: 'ok',
    }));

    app.get(
      '/readyz',
      {
        schema: {
          tags: ['Operations'],
          summary: 'Whether the database can be written, Temporal reached, and a worker runs',
        },
      },
      async (_request, reply) => {
        const { ready, body } = await readinessOf(checks);
        if (!ready) reply.code(503).header('retry-after', '5');
        return body;
      },
    );
  },
  { name: 'health', dependencies: ['services'] },
);
