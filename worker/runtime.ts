import { makeTelemetryFilterString, Runtime } from '@temporalio/worker';
import type { Logger } from 'pino';

/** Sends what Temporal's SDK has to say into our log. To be called once, before anything else of the SDK is used. */
export function installRuntime(logger: Logger): void {
  const log = logger.child({ part: 'temporal' });
  const at = (level: 'trace' | 'debug' | 'info' | 'warn' | 'error') => (message: string, meta?: object) =>
    log[level](meta ?? {}, message);
  Runtime.install({
    logger: {
      log: (level, message, meta) => at(level === 'TRACE' ? 'trace' : 'info')(message, meta),
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
