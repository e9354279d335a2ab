import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { defaultPayloadConverter } from '@temporalio/common';
import type { ActivityInterceptorsFactory, InjectedSinks } from '@temporalio/worker';
import { tracer } from '../db/tracing.ts';
import { spanWithId } from '../operations/traces.ts';
import type { Handled, TraceSinks } from '../workflows/traces.ts';

/** Takes what workflows tell of the messages that they handled. */
export const traceSinks: InjectedSinks<TraceSinks> = { traces: { handled: { fn: (_info, message) => show(message) } } };

function show({ name, parent, spanId, startMs, endMs, failed }: Handled): void {
  const span = spanWithId(spanId, name, { startTime: startMs, kind: SpanKind.SERVER }, contextOf(parent));
  if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end(Math.max(startMs, endMs));
}

/** Runs each activity that belongs to a trace as a span of it. */
export const tracedActivities: ActivityInterceptorsFactory = ({ info }) => ({
  inbound: {
    async execute(input, next) {
      const { traceparent } = input.headers;
      if (!traceparent) return next(input);
      const parent = contextOf(defaultPayloadConverter.fromPayload(traceparent));
      const span = tracer().startSpan(
        `activity ${info.activityType}`,
        { attributes: { attempt: info.attempt } },
        parent,
      );
      try {
        return await context.with(trace.setSpan(parent, span), () => next(input));
      } catch (error) {
        span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).name });
        throw error;
      } finally {
        span.end();
      }
    },
  },
});

function contextOf(traceparent: string) {
  return propagation.extract(ROOT_CONTEXT, { traceparent });
}
