import { connect } from 'node:net';
import { Client, Connection, defaultGrpcRetryOptions, makeGrpcRetryInterceptor } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import type { Settings } from './settings.ts';

/** How long an attempt to connect may take, in milliseconds. */
const connectTimeoutMs = 10_000;

/** Ten attempts, the default, would keep a caller waiting for twenty seconds while the service is away. */
const retry = makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ maxAttempts: 5 }));

/** No Temporal service answered at the address. */
export class ServiceUnreachableError extends Error {
  override readonly name = 'ServiceUnreachableError';

  constructor(address: string, reason: string, cause: unknown) {
    super(
      `The Temporal service at ${address} cannot be reached: ${reason}. ` +
        'Check that it runs and that TEMPORAL_ADDRESS, TEMPORAL_TLS and TEMPORAL_API_KEY fit it; ' +
        'without TEMPORAL_ADDRESS, "certloop start" runs a service of its own.',
      { cause },
    );
  }
}

/** `host:port` of the service that the settings mean: the one named, or the embedded one. */
export function serviceAddress(settings: Settings): string {
  return settings.temporal.address ?? `127.0.0.1:${settings.temporalPort}`;
}

/** The settings, with an embedded service that runs at `address` (`host:port`). */
export function withService(settings: Settings, address: string): Settings {
  return { ...settings, temporal: { ...settings.temporal, address, connectionOptions: {} } };
}

/**
 * Connects to the service as a client. Close `connection` when done.
 *
 * @throws ServiceUnreachableError when no service answers within ten seconds.
 */
export async function connectClient(settings: Settings): Promise<{ connection: Connection; client: Client }> {
  const address = serviceAddress(settings);
  const { tls, apiKey, metadata } = settings.temporal.connectionOptions;
  const connection = Connection.lazy({
    address,
    tls,
    apiKey,
    metadata,
    connectTimeout: connectTimeoutMs,
    interceptors: [retry],
  });
  try {
    await connection.ensureConnected();
    return { connection, client: new Client({ connection, namespace: settings.temporal.namespace }) };
  } catch (error) {
    await connection.close();
    throw await unreachable(address, error);
  }
}

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

/** The two clients say little or too much about why: a plain connection tells whether anything listens at all. */
async function unreachable(address: string, error: unknown): Promise<ServiceUnreachableError> {
  const { hostname, port } = new URL(`tcp://${address}`);
  const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || 7233), timeout: 2_000 });
  const failure = await new Promise<string | undefined>((resolve) => {
    socket.on('connect', () => resolve(undefined));
    socket.on('timeout', () => resolve('no answer'));
    socket.on('error', ({ message }) => resolve(message));
  });
  socket.destroy();
  return new ServiceUnreachableError(address, failure ?? innermostMessage(error), error);
}

function innermostMessage(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? innermostMessage(error.cause) : error.message;
}
