import fp from 'fastify-plugin';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Database } from '../../db/types.ts';
import { phases } from '../../domain/basics.ts';
import { now } from '../clock.ts';
import type {} from '../services.ts';

/** Serves `/metrics` for Prometheus: durations of requests, the backlog of mails, and programs by phase. */
export const metrics = fp(
  async (app) => {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    addGauges(registry, app.services.database);
    const durations = new Histogram({
      name: 'certloop_http_request_duration_seconds',
      help: 'How long requests took, by route.',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
      registers: [registry],
    });

    app.addHook('onResponse', async (request, reply) => {
      const route = request.routeOptions.url ?? 'none';
      durations.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
    });

    app.get('/metrics', { schema: { hide: true } }, async (_request, reply) =>
      reply.type(registry.contentType).send(await registry.metrics()),
    );
  },
  { name: 'metrics', dependencies: ['services'] },
);

function addGauges(registry: Registry, database: Database): void {
  new Gauge({
    name: 'certloop_mails',
    help: 'Mails that are due and not sent, and mails that were given up.',
    labelNames: ['state'],
    registers: [registry],
    async collect() {
      const { due, failed } = await database.outbox.backlog(now());
      this.set({ state: 'due' }, due);
      this.set({ state: 'failed' }, failed);
    },
  });
  new Gauge({
    name: 'certloop_programs',
    help: 'Programs by phase.',
    labelNames: ['phase'],
    registers: [registry],
    async collect() {
      const counts = await database.read.programsByPhase();
      for (const phase of phases) this.set({ phase }, counts.get(phase) ?? 0);
    },
  });
}
