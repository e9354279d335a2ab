import {
  context,
  type Link,
  ROOT_CONTEXT,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
} from '@opentelemetry/api';
import { LRUCache } from 'lru-cache';
import { tracer } from '../db/tracing.ts';
import type { Bundle } from '../db/types.ts';
import type { AppendInput } from '../domain/commit.ts';

/** Of how many records it is remembered in which trace they were written, and how many of them a mail names. */
const mostRecords = 5_000;
const mostLinks = 20;

/** In which trace this process wrote records lately: what a mail tells began there. Empty while nobody traces. */
const origins = new LRUCache<string, SpanContext>({ max: mostRecords });

/** Remembers in which trace records were written. */
export function rememberOrigin({ programId, records }: AppendInput): void {
  const span = trace.getActiveSpan();
  if (!span?.isRecording()) return;
  for (const { seq } of records) origins.set(`${programId}/${seq}`, span.spanContext());
}

/**
 * Sends a mail as a span: of the trace in which what it tells was recorded, where this process recorded it and it is one; otherwise
 * of a trace of its own, with links to those it knows.
 */
export async function inTraceOf(mail: Bundle, send: () => Promise<void>): Promise<void> {
  if (origins.size === 0) return send();
  const links = linksOf(mail);
  const only = links.length === 1 ? links[0] : undefined;
  const parent = only ? trace.setSpanContext(ROOT_CONTEXT, only.context) : ROOT_CONTEXT;
  const attributes = { 'certloop.mail.kind': mail.kind, 'certloop.mail.parts': mail.parts.length };
  const options = { kind: SpanKind.CONSUMER, attributes, links: only ? [] : links };
  const span = tracer().startSpan('deliver mail', options, parent);
  try {
    await context.with(trace.setSpan(parent, span), send);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR, message: (error as { code?: string }).code ?? 'failed' });
    throw error;
  } finally {
    span.end();
  }
}

/** One link for each trace. */
function linksOf({ parts }: Bundle): Link[] {
  const traces = new Map<string, Link>();
  for (const { programId, items } of parts) {
    for (const { seq } of items) {
      const origin = origins.get(`${programId}/${seq}`);
      if (origin) traces.set(origin.traceId, { context: origin });
    }
  }
  return [...traces.values()].slice(0, mostLinks);
}
