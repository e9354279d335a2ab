import { makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';

/** Of what the SDK says, what is told to operators as it is, and what only to those who look for something. */
const levels = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;

/** Sends what Temporal's SDK has to say into our log. To be called once, before anything else of the SDK is used. */
export function installRuntime(logger: Logger): void {
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
    telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: 'WARN', other: 'WARN' }), forward: {} } },
    // Our own processes decide when the worker stops.
    shutdownSignals: [],
  });
}

/** The SDK names an error `error`, and pino writes only what is named `err` with its text. */
function withError(meta: { error?: unknown } = {}): object {
  const { error, ...rest } = meta;
  return error === undefined ? rest : { ...rest, err: error };
}
