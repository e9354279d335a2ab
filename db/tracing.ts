import { context, ProxyTracerProvider, type Span, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Knex } from 'knex';

const name = 'certloop';

/** Where spans are started. Without OpenTelemetry's SDK, which operations turn on, they cost next to nothing. */
export const tracer = () => trace.getTracer(name);

/** Whether anybody takes traces. */
export function isTracing(): boolean {
  const provider = trace.getTracerProvider();
  return provider instanceof ProxyTracerProvider && provider.getDelegateTracer(name) !== undefined;
}

/** Work that belongs to the trace in which it was asked for, whoever does it. */
export const inItsTrace = <Work extends (...given: never[]) => unknown>(work: Work): Work =>
  context.bind(context.active(), work);

/** How knex tells of a statement: its text has placeholders where values go. */
interface Statement {
  sql: string;
  __knexQueryUid: string;
}

/** Makes a span of each statement that belongs to a trace: its text, never its values. Does nothing while nobody traces. */
export function traceStatements(db: Knex, system: 'postgresql' | 'sqlite'): void {
  if (!isTracing()) return;
  const spans = new Map<string, Span>();
  const end = (uid: string, error?: { code?: string }) => {
    const span = spans.get(uid);
    spans.delete(uid);
    // Not its message, in which databases quote values.
    if (error) span?.setStatus({ code: SpanStatusCode.ERROR, message: error.code ?? 'failed' });
    span?.end();
  };
  db.on('query', ({ sql, __knexQueryUid: uid }: Statement) => {
    if (!trace.getActiveSpan()) return;
    const attributes = { 'db.system.name': system, 'db.query.text': sql };
    spans.set(uid, tracer().startSpan(`${verbOf(sql)} ${system}`, { kind: SpanKind.CLIENT, attributes }));
  });
  db.on('query-response', (_rows: unknown, { __knexQueryUid: uid }: Statement) => end(uid));
  db.on('query-error', (error: { code?: string }, { __knexQueryUid: uid }: Statement) => end(uid, error));
}

function verbOf(sql: string): string {
  return (/^\s*(\w+)/.exec(sql)?.[1] ?? 'statement').toLowerCase();
}
