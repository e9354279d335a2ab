import { randomUUID } from 'node:crypto';
import { type AddressInfo, createServer } from 'node:net';
import { Connection } from '@temporalio/client';
import { TypedSearchAttributes } from '@temporalio/common';
import { msToTs } from '@temporalio/common/lib/time.js';
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest';
import { connectClient, ServiceUnreachableError, serviceAddress, withService } from '../../config/connection.ts';
import {
  atLeast,
  checkService,
  ensureSearchAttributes,
  NamespaceMissingError,
  ServiceTooOldError,
} from '../../config/serviceCheck.ts';
import { loadSettings } from '../../config/settings.ts';
import { connectWorker } from '../../worker/connection.ts';
import { anyFreePort } from '../../worker/service/ports.ts';
import {
  nextDueAttribute,
  phaseAttribute,
  rehearsalAttribute,
  searchAttributeKeys,
} from '../../workflows/searchAttributes.ts';
import { quietRuntime } from '../support/quietRuntime.ts';

const settings = withService(loadSettings({}), inject('temporalAddress'));
let connection: Connection;

beforeAll(async () => {
  quietRuntime();
  ({ connection } = await connectClient(settings));
});

afterAll(() => connection.close());

test('without an address the embedded service is meant', () => {
  expect(serviceAddress(loadSettings({ HOME: '/nowhere', CERTLOOP_TEMPORAL_PORT: '7300' }))).toBe('127.0.0.1:7300');
  expect(serviceAddress(settings)).toBe(inject('temporalAddress'));
});

test('client and worker connect', async () => {
  const worker = await connectWorker(settings);
  await expect(worker.workflowService.getSystemInfo({})).resolves.toHaveProperty('serverVersion');
  await worker.close();
});

test.each([
  ['client', connectClient],
  ['worker', connectWorker],
])('a service that is not there ends the %s with one clear error', async (_, connect) => {
  const address = `127.0.0.1:${await anyFreePort()}`;
  const attempt = connect(withService(settings, address));
  await expect(attempt).rejects.toThrow(ServiceUnreachableError);
  await expect(attempt).rejects.toThrow(
    new RegExp(`service at ${address} cannot be reached: connect ECONNREFUSED .+TEMPORAL_ADDRESS`),
  );
});

test('a namespace that the service has not is told with its setting and what to do', async () => {
  const attempt = ensureSearchAttributes(connection, 'mistyped');
  await expect(attempt).rejects.toThrow(NamespaceMissingError);
  await expect(attempt).rejects.toThrow(/no namespace "mistyped": set TEMPORAL_NAMESPACE .* make it/);
});

test('a call that would be tried again after its connection was closed ends as cancelled', async () => {
  const opened = await connectClient(settings);
  const away = Connection.lazy({ ...opened.connection.options, address: `127.0.0.1:${await anyFreePort()}` });
  await opened.connection.close();
  const call = away.workflowService.getSystemInfo({});
  // The first attempt has failed and the second waits for its time.
  setTimeout(() => void away.close(), 60);
  await expect(call).rejects.toMatchObject({ code: 1, details: 'Channel has been shut down' });
});

test('what listens but is no Temporal service is an error, too', async () => {
  const server = createServer((socket) => socket.on('error', () => undefined).end('220 mail.example.org ESMTP\r\n'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const address = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  await expect(connectWorker(withService(settings, address))).rejects.toThrow(ServiceUnreachableError);
});

test('the version of the service is checked', async () => {
  const version = await checkService(connection);
  expect(atLeast(version, '1.32.0')).toBe(true);
  const check = checkService(connection, '99.1');
  await expect(check).rejects.toThrow(ServiceTooOldError);
  await expect(check).rejects.toThrow(`is version ${version}, but 99.1 or newer is needed`);
});

test.each([
  ['1.32.0', '1.32.0', true],
  ['1.32.0-rc.1', '1.32', true],
  ['v2.0', '1.32.9', true],
  ['1.9.1', '1.10.0', false],
  ['1.31.9', '1.32.0', false],
  ['', '1.32.0', false],
  ['unknown', '0', false],
])('version %s against %s: %s', (version, needed, expected) => {
  expect(atLeast(version, needed)).toBe(expected);
});

test('the embedded service knows the search attributes already', async () => {
  expect(await ensureSearchAttributes(connection, 'default')).toEqual([]);
});

test('missing search attributes are registered, and a program can use them at once', async () => {
  const namespace = await newNamespace();
  expect(await ensureSearchAttributes(connection, namespace)).toEqual(searchAttributeKeys.map(({ name }) => name));
  expect(await ensureSearchAttributes(connection, namespace)).toEqual([]);

  const { client, connection: own } = await connectClient({
    ...settings,
    temporal: { ...settings.temporal, namespace },
  });
  const due = new Date('2030-01-31T00:00:00Z');
  const handle = await client.workflow.start('any', {
    workflowId: randomUUID(),
    taskQueue: 'nobody-listens',
    typedSearchAttributes: new TypedSearchAttributes([
      { key: phaseAttribute, value: 'surveillance' },
      { key: nextDueAttribute, value: due },
      { key: rehearsalAttribute, value: true },
    ]),
  });
  const { typedSearchAttributes } = await handle.describe();
  expect(typedSearchAttributes.get(phaseAttribute)).toBe('surveillance');
  expect(typedSearchAttributes.get(nextDueAttribute)).toEqual(due);
  expect(typedSearchAttributes.get(rehearsalAttribute)).toBe(true);
  await own.close();
});

test('a search attribute of another type is an error that names it', async () => {
  const namespace = await newNamespace();
  const keyword = 2;
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: { [nextDueAttribute.name]: keyword },
  });
  await expect(ensureSearchAttributes(connection, namespace)).rejects.toThrow(
    `Search attribute CertloopNextDue of namespace ${namespace} has another type than Datetime`,
  );
});

test('an unknown namespace is an error that names it', async () => {
  await expect(ensureSearchAttributes(connection, 'no-such-namespace')).rejects.toThrow(/no-such-namespace/);
});

/** A namespace without search attributes, ready to use. */
async function newNamespace(): Promise<string> {
  const namespace = `test-${randomUUID()}`;
  await connection.workflowService.registerNamespace({
    namespace,
    workflowExecutionRetentionPeriod: msToTs('1 day'),
  });
  await expect.poll(() => connection.operatorService.listSearchAttributes({ namespace }).then(() => true)).toBe(true);
  return namespace;
}
