import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter } from '@temporalio/common';
import { afterAll, expect, test } from 'vitest';
import { buildCodecServer } from '../../cli/run/codecServer.ts';
import { encryptionKeysFrom } from '../../signing/keys.ts';

const encryption = encryptionKeysFrom(randomBytes(32).toString('base64'));
const token = 'the-token';
const ui = 'http://localhost:8233';
const server = buildCodecServer({ encryption, token, origins: [ui] });
afterAll(() => server.close());

const { metadata, data } = defaultPayloadConverter.toPayload({ title: 'Write the policy' });
const payload = {
  metadata: { encoding: Buffer.from(metadata!.encoding!).toString('base64') },
  data: Buffer.from(data!).toString('base64'),
};

const post = (url: string, body: object, headers = {}) =>
  server.inject({ method: 'POST', url, headers, payload: body });

test('encrypts and reads for whoever has the token, in the path or as a bearer', async () => {
  const encoded = (await post(`/${token}/encode`, { payloads: [payload] })).json();
  expect(Buffer.from(encoded.payloads[0].metadata.encoding, 'base64').toString()).toBe('binary/encrypted');
  const decoded = await post('/decode', encoded, { authorization: `Bearer ${token}` });
  expect(decoded.json()).toEqual({ payloads: [payload] });
});

test('reads nothing for anybody else', async () => {
  for (const url of ['/decode', '/encode', '/wrong/decode', '/the-toke/decode', '/'])
    expect(await post(url, { payloads: [payload] })).toMatchObject({ statusCode: 401 });
  const wrong = await post('/decode', { payloads: [] }, { authorization: 'Bearer wrong' });
  expect(wrong.statusCode).toBe(401);
});

test('lets the pages of Temporal ask, and no other page', async () => {
  const preflight = (origin: string) =>
    server.inject({ method: 'OPTIONS', url: `/${token}/decode`, headers: { origin } });
  const asked = await preflight(ui);
  expect(asked.statusCode).toBe(204);
  expect(asked.headers).toMatchObject({ 'access-control-allow-origin': ui });
  for (const origin of ['http://evil.example', 'null', 'http://localhost:8234']) {
    const refused = await preflight(origin);
    expect(refused.headers).not.toHaveProperty('access-control-allow-origin');
    expect(refused.statusCode).toBeGreaterThanOrEqual(400);
  }
});

test('refuses what are no payloads, and leaves alone what is not encrypted', async () => {
  expect((await post(`/${token}/decode`, { payloads: 'x' })).statusCode).toBe(400);
  expect((await post(`/${token}/decode`, { payloads: [{ data: '%%' }] })).statusCode).toBe(400);
  expect((await post(`/${token}/decode`, { payloads: [payload] })).json()).toEqual({ payloads: [payload] });
});
