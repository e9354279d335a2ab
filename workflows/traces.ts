import { defaultPayloadConverter, type Headers } from '@temporalio/common';
import { proxySinks, type Sinks, type WorkflowInterceptors } from '@temporalio/workflow';

/** A message that was handled, as a span of the trace in which it came: times in milliseconds by the program's clock. */
export interface Handled {
  name: string;
  parent: string;
  spanId: string;
  startMs: number;
  endMs: number;
  failed: boolean;
}

export interface TraceSinks extends Sinks {
  traces: { handled(message: Handled): void };
}

const { traces } = proxySinks<TraceSinks>();

/** W3C's `traceparent`: version, trace, span, flags. */
const traceparent = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

/**
 * Hands the trace of a message on to what it has committed, in headers, of which the history of a local activity keeps nothing; tells
 * the worker what was handled. Messages that are in no trace, as while nobody traces, pass as if this were not here.
 */
export function interceptors(): WorkflowInterceptors {
  /** The trace of each command that is being handled, by its id. */
  const traced = new Map<string | undefined, string>();

  function handled<T>(name: string, headers: Headers, message: unknown, handle: () => Promise<T>): Promise<T> {
    const parent = traceOf(headers);
    const commandId = commandIdOf(message);
    if (!parent || commandId === undefined) return handle();
    const [, trace, span, flags] = traceparent.exec(parent) as unknown as [string, string, string, string];
    const spanId = idBelow(span, commandId);
    const startMs = Date.now();
    traced.set(commandId, `00-${trace}-${spanId}-${flags}`);
    const end = (failed: boolean) => {
      traced.delete(commandId);
      traces.handled({ name, parent, spanId, startMs, endMs: Date.now(), failed });
    };
    return handle().then(
      (result) => {
        end(false);
        return result;
      },
      (error) => {
        end(true);
        throw error;
      },
    );
  }

  return {
    inbound: [
      {
        handleUpdate: (input, next) => handled(`handle ${input.name}`, input.headers, input.args[0], () => next(input)),
        handleSignal: (input, next) =>
          handled(`handle ${input.signalName}`, input.headers, input.args[0], () => next(input)),
        execute(input, next) {
          const parent = traceOf(input.headers);
          // What a program starts with is committed first; it goes on for years after that.
          const commandId = commandIdOf(input.args[0]);
          if (parent && commandId !== undefined) traced.set(commandId, parent);
          return next(input);
        },
      },
    ],
    outbound: [
      {
        scheduleLocalActivity(input, next) {
          const trace = traced.size > 0 ? traced.get(commandIdOf(input.args[0])) : undefined;
          if (!trace) return next(input);
          const headers = { ...input.headers, traceparent: defaultPayloadConverter.toPayload(trace) };
          return next({ ...input, headers });
        },
      },
    ],
  };
}

function commandIdOf(message: unknown): string | undefined {
  const { commandId } = (message ?? {}) as { commandId?: unknown };
  return typeof commandId === 'string' ? commandId : undefined;
}

/** The trace of a message; none where its header is not what W3C says. */
function traceOf({ traceparent: header }: Headers): string | undefined {
  if (!header) return undefined;
  try {
    const value: unknown = defaultPayloadConverter.fromPayload(header);
    return typeof value === 'string' && traceparent.test(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The id of a span below another: the same whenever the message is handled again, and without the run's own randomness. */
function idBelow(parent: string, key: string): string {
  const half = (seed: number) => {
    let hash = seed;
    for (const char of parent + key) hash = Math.imul(hash ^ (char.codePointAt(0) as number), 0x01000193) >>> 0;
    return hash.toString(16).padStart(8, '0');
  };
  return half(0x811c9dc5) + half(0x01234567);
}
