import { status } from '@grpc/grpc-js';
import { type Connection, isGrpcServiceError } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { encodeSearchAttributeIndexedValueType } from '@temporalio/common/lib/search-attributes.js';
import { searchAttributeKeys } from '../workflows/searchAttributes.ts';

/** The first server on which the clock of one execution can be advanced. */
export const rehearsalServerVersion = '1.32.0';

/** The service is older than what is needed. */
export class ServiceTooOldError extends Error {
  override readonly name = 'ServiceTooOldError';

  constructor(found: string, needed: string) {
    super(
      `The Temporal service is version ${found || 'unknown'}, but ${needed} or newer is needed: upgrade the service, ` +
        'or unset TEMPORAL_ADDRESS to use the embedded one.',
    );
  }
}

/** The service is there, and has no namespace of the name that is set. */
export class NamespaceMissingError extends Error {
  override readonly name = 'NamespaceMissingError';

  constructor(namespace: string, cause: unknown) {
    super(
      `The Temporal service has no namespace "${namespace}": set TEMPORAL_NAMESPACE to one that it has, or make it ` +
        `(temporal operator namespace create --namespace ${namespace}).`,
      { cause },
    );
  }
}

/**
 * Checks that the service is new enough, and gives its version.
 *
 * @param needed - the oldest version that will do; rehearsals need 1.32.
 * @throws ServiceTooOldError when it is older, or does not say its version.
 */
export async function checkService(connection: Connection, needed = rehearsalServerVersion): Promise<string> {
  const { serverVersion } = await connection.workflowService.getSystemInfo({});
  if (!atLeast(serverVersion ?? '', needed)) throw new ServiceTooOldError(serverVersion ?? '', needed);
  return serverVersion;
}

/**
 * Registers the search attributes that the namespace does not know yet, and gives their names.
 *
 * @throws NamespaceMissingError when there is no such namespace; Error when an attribute exists with another type, or when the service
 * does not allow to register them.
 */
export async function ensureSearchAttributes(connection: Connection, namespace: string): Promise<string[]> {
  const customAttributes = await attributesOf(connection, namespace);
  const wanted = Object.fromEntries(
    searchAttributeKeys.map(({ name, type }) => [name, encodeSearchAttributeIndexedValueType(type)!]),
  );
  const clash = searchAttributeKeys.find(({ name }) => (customAttributes[name] ?? wanted[name]) !== wanted[name]);
  if (clash) {
    throw new Error(
      `Search attribute ${clash.name} of namespace ${namespace} has another type than ` +
        `${TypedSearchAttributes.toMetadataType(clash.type)}: remove it, or use another namespace.`,
    );
  }
  const missing = Object.entries(wanted).filter(([name]) => !(name in customAttributes));
  if (missing.length > 0) await register(connection, namespace, Object.fromEntries(missing));
  return missing.map(([name]) => name);
}

async function attributesOf({ operatorService }: Connection, namespace: string) {
  try {
    return (await operatorService.listSearchAttributes({ namespace })).customAttributes;
  } catch (error) {
    if (isGrpcServiceError(error) && error.code === status.NOT_FOUND) throw new NamespaceMissingError(namespace, error);
    throw error;
  }
}

/** Whether a version such as `1.32.0` or `1.32.0-rc.1` is at least another. */
export function atLeast(version: string, needed: string): boolean {
  const [found, wanted] = [numbersOf(version), numbersOf(needed)];
  const different = wanted.findIndex((number, place) => number !== (found[place] ?? 0));
  return found.length > 0 && (different < 0 || (found[different] ?? 0) > wanted[different]!);
}

async function register(connection: Connection, namespace: string, searchAttributes: Record<string, number>) {
  try {
    await connection.operatorService.addSearchAttributes({ namespace, searchAttributes });
  } catch (error) {
    const list = searchAttributeKeys
      .filter(({ name }) => name in searchAttributes)
      .map(({ name, type }) => `${name} (${TypedSearchAttributes.toMetadataType(type)})`);
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(
      `Search attributes could not be registered in namespace ${namespace}: ${reason}. ` +
        `Register them by hand (on Temporal Cloud: on the page of the namespace): ${list.join(', ')}.`,
      { cause: error },
    );
  }
}

function numbersOf(version: string): number[] {
  return (/^v?(\d+(?:\.\d+)*)/.exec(version)?.[1] ?? '').split('.').filter(Boolean).map(Number);
}
