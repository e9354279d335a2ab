import { afterEach, expect, test } from 'vitest';
import { type TestServer, testServer } from './support/testServer.ts';

let server: TestServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** The address that is counted for a request that comes from `from` and says that it was sent on for others. */
async function countedFor(trustedProxies: string | null, from: string): Promise<string> {
  server = await testServer({ settings: { trustedProxies } });
  let counted = '';
  server.app.addHook('onRequest', async ({ ip }) => {
    counted = ip;
  });
  const headers = { 'x-forwarded-for': '198.51.100.7, 203.0.113.9' };
  await server.app.inject({ url: '/healthz', remoteAddress: from, headers });
  return counted;
}

test('what says that it sends on for others is not believed where no proxy is named', async () => {
  expect(await countedFor(null, '10.0.0.5')).toBe('10.0.0.5');
});

test('nor where it comes from another address than the proxy’s', async () => {
  expect(await countedFor('10.0.0.5', '192.0.2.1')).toBe('192.0.2.1');
});

test('the proxy that is named is believed, and what it was told by others is not', async () => {
  expect(await countedFor('10.0.0.5', '10.0.0.5')).toBe('203.0.113.9');
});
