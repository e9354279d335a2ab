import { IllegalStateError } from '@temporalio/common';
import { DefaultLogger, type LogLevel, makeTelemetryFilterString, Runtime } from '@temporalio/worker';

/**
 * Keeps the workers of a test file from printing anything below a level: warnings when absent, `ERROR` for a test that
 * breaks things on purpose. Call it before anything connects. Files share a process: where one before left something
 * connected, its level holds.
 */
export function quietRuntime(level: LogLevel & ('WARN' | 'ERROR') = 'WARN'): void {
  try {
    Runtime.install({
      logger: new DefaultLogger(level),
      telemetryOptions: { logging: { filter: makeTelemetryFilterString({ core: level }) } },
    });
  } catch (error) {
    if (!(error instanceof IllegalStateError)) throw error;
  }
}
