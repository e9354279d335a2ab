import { NativeConnection } from '@temporalio/worker';
import { serviceAddress, unreachable } from '../config/connection.ts';
import type { Settings } from '../config/settings.ts';

/**
 * Connects to the service as a worker does. Close it after the worker has stopped.
 *
 * @throws ServiceUnreachableError when no service answers.
 */
export async function connectWorker(settings: Settings): Promise<NativeConnection> {
  const address = serviceAddress(settings);
  try {
    return await NativeConnection.connect({ ...settings.temporal.connectionOptions, address });
  } catch (error) {
    throw await unreachable(address, error);
  }
}
