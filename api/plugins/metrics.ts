import fp from 'fastify-plugin';
import type { Metrics } from '../../operations/metrics.ts';

/** Measures how long requests take, by their route. */
export const metrics = fp<{ metrics: Metrics }>(
  async (app, given) => {
    const durations = given.metrics.histogram({
      name: 'certloop_http_request_duration_seconds',
      help: 'How long requests took, by route.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
    });

    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'none';
      durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
    });
  },
  { name: 'metrics' },
);
