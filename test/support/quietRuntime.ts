import { DefaultLogger, Runtime } from '@temporalio/worker';

/** Keeps the workers of a test file from printing anything below a warning. Call it before anything connects. */
export function quietRuntime(): void {
  Runtime.install({ logger: new DefaultLogger('WARN') });
}
