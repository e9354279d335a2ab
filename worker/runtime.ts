import { makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';
import { sdkMetricsAt } from '../operations/sdkMetrics.ts';

/** Of what the SDK says, what is told to operators as it is, and what only to those who look for something. */
const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;

/**
 * Sends what Temporal's SDK has to say into our log. To be called once, before anything else of the SDK is used.
 *
 * @param metricsAt - `host:port` on which the SDK is to give its own metrics; it gives none when absent
 */
export function installRuntime(logger: Logger, metricsAt?: string): void {
  const log = logger.child({ part: 'temporal' });
  const at = (level: 'trace' | 'debug' | 'warn' | 'error') => (message: string, meta?: object) =>
    log[level](withError(meta), message);
  Runtime.install({
    logger: {
      log: (level, message, meta) => at(levels[level])(message, meta),
      trace: at('trace'),
      debug: at('debug'),
      info: at('debug'),
      warn: at('warn'),
      error: at('error'),
    },
    telemetryOptions: {
      logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'WARN' }), forward: {} },
      ...(metricsAt && {
        metrics: {
          prometheus: {
            bindAddress: metricsAt,
            countersTotalSuffix: true,
            unitSuffix: true,
            useSecondsForDurations: true,
          },
        },
      }),
    },
    // Our own processes decide when the worker stops.
    shutdownSignals: [],
  });
  if (metricsAt) sdkMetricsAt(`http://${metricsAt}/metrics`);
}

/** The SDK names an error `error`, and pino writes only what is named `err` with its text. */
function withError(meta: { error?: unknown } = {}): object {
  const { error, ...rest } = meta;
  return error === undefined ? rest : { ...rest, err: error };
}
