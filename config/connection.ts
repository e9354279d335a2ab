import { connect } from 'node:net';
import { join } from 'node:path';
import { InterceptingCall, status } from '@grpc/grpc-js';
import {
  Client,
  type ClientInterceptors,
  Connection,
  type ConnectionOptions,
  defaultGrpcRetryOptions,
  makeGrpcRetryInterceptor,
} from '@temporalio/client';
import type { SigningKeys } from '../signing/keys.ts';
import { readEncryptionKeys, readKeys } from '../signing/keysFile.ts';
import { dataConverter } from './dataConverter.ts';
import type { EncryptionKeys } from './encryption.ts';
import type { Settings } from './settings.ts';

/** How long an attempt to connect may take, in milliseconds. */
const connectTimeoutMs = 10_000;

type Interceptor = NonNullable<ConnectionOptions['interceptors']>[number];

/**
 * How a client of the service tries again. Ten attempts, the SDK's default, would keep a caller waiting for twenty seconds while the
 * service is away.
 */
export function retries(maxAttempts = 5): Interceptor[] {
  return [makeGrpcRetryInterceptor(defaultGrpcRetryOptions({ maxAttempts })), endClosed];
}

/**
 * A call that is tried again after its connection was closed throws in a timer, where nobody can catch it, and would end the process
 * in the middle of its stop. It ends as cancelled instead.
 */
const endClosed: Interceptor = (options, nextCall) => {
  try {
    return new InterceptingCall(nextCall(options));
  } catch (error) {
    return cancelledCall(innermostMessage(error));
  }
};

function cancelledCall(details: string): ReturnType<Interceptor> {
  const none = () => undefined;
  return new InterceptingCall({
    start: (metadata, listener) => {
      listener?.onReceiveMessage?.(null);
      listener?.onReceiveStatus?.({ code: status.CANCELLED, details, metadata });
    },
    cancelWithStatus: none,
    getPeer: () => 'unknown',
    sendMessageWithContext: none,
    sendMessage: none,
    startRead: none,
    halfClose: none,
    getAuthContext: () => null,
  });
}

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

/** The keys that commands are signed with. Those of the data folder are made at the first start; a file that is named must be there. */
export function signingKeysOf(settings: Settings): { keys: SigningKeys; made: boolean } {
  const { dataDir, signingKeysFile } = settings;
  return readKeys(signingKeysFile, signingKeysFile === join(dataDir, 'signing.key'));
}

/** The keys that everything which Temporal keeps is encrypted with; undefined where it is not. */
export function encryptionKeys(settings: Settings): EncryptionKeys | undefined {
  const { encryptionKeysFile, encryptionRequired } = settings;
  if (encryptionKeysFile === null) return undefined;
  return { ...readEncryptionKeys(encryptionKeysFile), required: encryptionRequired === 'true' };
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
export async function connectClient(
  settings: Settings,
  interceptors?: ClientInterceptors,
): Promise<{ connection: Connection; client: Client }> {
  const address = serviceAddress(settings);
  const { namespace, connectionOptions } = settings.temporal;
  const { tls, apiKey, metadata } = connectionOptions;
  const connection = Connection.lazy({
    address,
    tls,
    apiKey,
    metadata,
    connectTimeout: connectTimeoutMs,
    interceptors: retries(),
  });
  try {
    await connection.ensureConnected();
    const converter = dataConverter({ encryption: encryptionKeys(settings) });
    return { connection, client: new Client({ connection, namespace, dataConverter: converter, interceptors }) };
  } catch (error) {
    await connection.close();
    throw await unreachable(address, error);
  }
}

/** The two clients say little or too much about why: a plain connection tells whether anything listens at all. */
export async function unreachable(address: string, error: unknown): Promise<ServiceUnreachableError> {
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
