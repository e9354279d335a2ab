import { context, propagation, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import { tracer } from '../../db/tracing.ts';

/** What asks all the time whether the service is there would drown the rest. */
const untraced = new Set(['/healthz', '/readyz']);

/** Makes a span of each request, of the trace that its `traceparent` names or of a new one; all that it causes belongs to it. */
export const traces = fp(
  async (app) => {
    const spans = new WeakMap<FastifyRequest, Span>();

    app.addHook('onRequest', (request, _reply, done) => {
      const route = request.routeOptions.url ?? 'none';
      if (untraced.has(route)) return done();
      const { method } = request;
      const attributes = { 'http.request.method': method, 'http.route': route };
      const parent = propagation.extract(context.active(), request.headers);
      const span = tracer().startSpan(`${method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
      spans.set(request, span);
      context.with(trace.setSpan(parent, span), done);
    });

    app.addHook('onResponse', async (request, { statusCode }) => {
      const span = spans.get(request);
      span?.setAttribute('http.response.status_code', statusCode);
      if (statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
      span?.end();
    });
  },
  { name: 'traces' },
);
