import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isEncodedUtf8 } from '../../api/utf8.ts';
import { manager } from './support/story.ts';
import { type TestServer, testServer } from './support/testServer.ts';

let server: TestServer;
let authorization: string;

beforeAll(async () => {
  server = await testServer();
  authorization = `Bearer ${await server.as(manager).token()}`;
});
afterAll(() => server.close());

/** "naïve" as another encoding has it, half of a character, a surrogate, and an overlong form. */
const broken = { latin1: 'na\xefve', half: '\xe2\x82', surrogate: '\xed\xa0\x80', overlong: '\xc0\xaf' };

describe.each(Object.entries(broken))('bytes that are not in UTF-8: %s', (_, bytes) => {
  test('are refused in a body', async () => {
    const payload = Buffer.from(`{"name":"${bytes}"}`, 'latin1');
    const headers = { authorization, 'content-type': 'application/json' };
    const answer = await server.app.inject({ method: 'POST', url: '/v1/programs', payload, headers });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'encoding', detail: expect.stringContaining('not in UTF-8') });
  });

  test('are refused in a query', async () => {
    const escaped = [...bytes].map((char) => `%${char.charCodeAt(0).toString(16)}`).join('');
    const answer = await server.app.inject({ url: `/v1/programs?cursor=${escaped}`, headers: { authorization } });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'encoding' });
  });
});

test('what is in UTF-8 is read, and a percent sign that stands for nothing is left alone', async () => {
  const headers = { authorization, 'content-type': 'application/json' };
  const payload = Buffer.from('{"name":"naïve €𝄞"}');
  const answer = await server.app.inject({ method: 'POST', url: '/v1/programs', payload, headers });
  expect(answer.json()).toMatchObject({ code: 'validation' });
  expect(isEncodedUtf8('q=100%&r=%E2%82%AC+%zz')).toBe(true);
  expect(isEncodedUtf8('q=%ff')).toBe(false);
});

test('a body that is compressed is refused, and one that says it is not is read', async () => {
  const send = (encoding: string) =>
    server.app.inject({
      method: 'POST',
      url: '/v1/programs',
      payload: gzipSync('{"name":"Small"}'),
      headers: { authorization, 'content-type': 'application/json', 'content-encoding': encoding },
    });
  for (const encoding of ['gzip', 'br', 'identity, gzip']) {
    const answer = await send(encoding);
    expect(answer.statusCode).toBe(415);
    expect(answer.json()).toMatchObject({ code: 'mediaType', detail: expect.stringContaining('Content-Encoding') });
  }
  expect((await send('identity')).statusCode).toBe(400);
});
