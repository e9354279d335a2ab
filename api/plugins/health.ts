import fp from 'fastify-plugin';
import type {} from '../services.ts';

/** Serves `/healthz`, whether the process runs, and `/readyz`, whether it reaches the database and Temporal. */
export const health = fp(
  async (app) => {
    const { database, gateway } = app.services;

    app.get('/healthz', { schema: { tags: ['Operations'], summary: 'Whether the process runs' } }, async () => ({
      status: 'ok',
    }));

    app.get(
      '/readyz',
      { schema: { tags: ['Operations'], summary: 'Whether the database and Temporal can be reached' } },
      async (_request, reply) => {
        const [databaseIs, temporalIs] = await Promise.all([
          stateOf(() => database.ping()),
          stateOf(gateway.reachable),
        ]);
        const ready = databaseIs === 'ok' && temporalIs === 'ok';
        if (!ready) reply.code(503).header('retry-after', '5');
        return { status: ready ? 'ok' : 'unavailable', database: databaseIs, temporal: temporalIs };
      },
    );
  },
  { name: 'health', dependencies: ['services'] },
);

async function stateOf(check: () => Promise<void>): Promise<'ok' | 'unavailable'> {
  try {
    await check();
    return 'ok';
  } catch {
    return 'unavailable';
  }
}
