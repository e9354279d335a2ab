import { afterAll, beforeAll, expect, test } from 'vitest';
import { manager, tellStory } from './support/story.ts';
import { calledOf, type TestServer, testServer } from './support/testServer.ts';

let server: TestServer;

beforeAll(async () => {
  server = await testServer();
  await tellStory(server.database, { id: 'alpha' });
});

afterAll(() => server.close());

const strict =
  "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data:;form-action 'self';connect-src 'self';" +
  "frame-src 'self';frame-ancestors 'none';base-uri 'none'";

test.each([
  ['/v1/programs', 200],
  ['/v1/programs/alpha', 200],
  ['/v1/programs/omega', 404],
  ['/nowhere', 404],
  ['/docs/', 200],
  ['/openapi.json', 200],
  ['/healthz', 200],
])('%s is answered with headers that a browser keeps to', async (url, status) => {
  const headers = { authorization: `Bearer ${await server.as(manager).token()}` };
  const called = calledOf(await server.app.inject({ url, headers }));

  expect(called.status).toBe(status);
  expect(called.headers).toMatchObject({
    'content-security-policy': strict,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
  });
  // Over http that would have a browser look for what is not there.
  expect(called.headers).not.toHaveProperty('strict-transport-security');
  expect(called.headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
});

test('over https a browser is told to stay there', async () => {
  const secure = await testServer({ settings: { publicUrl: 'https://certloop.test' } });
  try {
    const { headers } = await secure.app.inject({ url: '/healthz' });
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  } finally {
    await secure.close();
  }
});

test('the pages of the contract have no script or style in them, nor anything from elsewhere', async () => {
  const { body } = await server.app.inject({ url: '/docs/' });
  expect(body).not.toMatch(/<script>|<script (?!src=)|<style|style="|\son\w+=/);
  const loaded = [...body.matchAll(/(?:src|href)="([^"]*)"/g)].map(([, path]) => path!);
  expect(loaded.length).toBeGreaterThan(4);
  for (const path of loaded) expect(path).toMatch(/^\.\/static\//);
  for (const path of loaded) {
    const { statusCode, headers } = await server.app.inject({ url: `/docs/${path.slice(2)}` });
    expect({ path, statusCode, policy: headers['content-security-policy'] }).toEqual({
      path,
      statusCode: 200,
      policy: strict,
    });
  }
});
