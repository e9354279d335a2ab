import {
  type Context,
  context,
  DiagLogLevel,
  diag,
  propagation,
  type Span,
  type SpanOptions,
  trace,
} from '@opentelemetry/api';
import { tracer } from '../db/tracing.ts';
import { within } from './metrics.ts';

/** How long the last spans may take to go out as a process ends, in milliseconds. */
const lastMs = 3_000;

let nextSpanId: string | undefined;

/** Whether the usual variables of OpenTelemetry ask for traces. */
export function tracesWanted(env: NodeJS.ProcessEnv): boolean {
  if (env.OTEL_SDK_DISABLED === 'true') return false;
  if (env.OTEL_TRACES_EXPORTER) return env.OTEL_TRACES_EXPORTER !== 'none';
  return Boolean(env.OTEL_EXPORTER_OTLP_ENDPOINT || env.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT);
}

/**
 * Begins to trace where the usual variables of OpenTelemetry ask for it (`OTEL_EXPORTER_OTLP_ENDPOINT`, `OTEL_TRACES_EXPORTER`,
 * `OTEL_TRACES_SAMPLER`, `OTEL_SERVICE_NAME`, …); its SDK is loaded only then. To be called before anything else connects.
 *
 * @throws Error when the exporter asked for is none of ours.
 */
export async function startTraces(
  env: NodeJS.ProcessEnv,
  { part, version, warn }: { part: string; version: string; warn: (message: string) => void },
): Promise<{ stop(): Promise<void> } | undefined> {
  if (!tracesWanted(env)) return undefined;
  const [sdk, { OTLPTraceExporter }, resources] = await Promise.all([
    import('@opentelemetry/sdk-trace-node'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/resources'),
  ]);
  const exporters: Record<string, () => ConstructorParameters<typeof sdk.BatchSpanProcessor>[0]> = {
    otlp: () => new OTLPTraceExporter(),
    console: () => new sdk.ConsoleSpanExporter(),
  };
  const wanted = env.OTEL_TRACES_EXPORTER || 'otlp';
  const exporter = Object.hasOwn(exporters, wanted) ? exporters[wanted] : undefined;
  if (!exporter) throw new Error(`OTEL_TRACES_EXPORTER is ${JSON.stringify(wanted)}: expected otlp, console or none.`);
  diag.setLogger({ error: warn, warn, info: ignore, debug: ignore, verbose: ignore }, DiagLogLevel.WARN);
  const random = new sdk.RandomIdGenerator();
  const about = { 'service.name': 'certloop', 'service.version': version, 'certloop.part': part };
  const provider = new sdk.NodeTracerProvider({
    resource: resources
      .defaultResource()
      .merge(resources.resourceFromAttributes(about))
      .merge(resources.detectResources({ detectors: [resources.envDetector] })),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter())],
    idGenerator: {
      generateTraceId: () => random.generateTraceId(),
      generateSpanId: () => nextSpanId ?? random.generateSpanId(),
    },
  });
  provider.register();
  return {
    async stop() {
      await within(lastMs, provider.shutdown()).catch(ignore);
      // Whoever goes on in this process is as before.
      for (const api of [trace, context, propagation, diag]) api.disable();
    },
  };
}

/** Starts a span under an id that somebody else gave it, who has told others to hang theirs below it. */
export function spanWithId(id: string, name: string, options: SpanOptions, parent: Context): Span {
  nextSpanId = id;
  try {
    return tracer().startSpan(name, options, parent);
  } finally {
    nextSpanId = undefined;
  }
}

function ignore(): void {}
