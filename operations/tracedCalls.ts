import { context, propagation, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { WorkflowClientInterceptor } from '@temporalio/client';
import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import { tracer } from '../db/tracing.ts';

/** Makes a span of each call to a program, and sends the trace with it, in the header `traceparent` of W3C. */
export const tracedCalls: WorkflowClientInterceptor = {
  startWithDetails: (input, next) =>
    traced(`start ${input.workflowType}`, (headers) => next({ ...input, headers: { ...input.headers, ...headers } })),
  startUpdate: (input, next) =>
    traced(`update ${input.updateName}`, (headers) => next({ ...input, headers: { ...input.headers, ...headers } })),
  signal: (input, next) =>
    traced(`signal ${input.signalName}`, (headers) => next({ ...input, headers: { ...input.headers, ...headers } })),
};

async function traced<T>(name: string, call: (headers: Headers) => Promise<T>): Promise<T> {
  const span = tracer().startSpan(name, { kind: SpanKind.CLIENT });
  const within = trace.setSpan(context.active(), span);
  const carrier: Record<string, string> = {};
  propagation.inject(within, carrier);
  const { traceparent } = carrier;
  try {
    return await context.with(within, () =>
      call(traceparent === undefined ? {} : { traceparent: defaultPayloadConverter.toPayload(traceparent) }),
    );
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: (error as Error).name });
    throw error;
  } finally {
    span.end();
  }
}
