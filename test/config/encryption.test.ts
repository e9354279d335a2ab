import { randomBytes } from 'node:crypto';
import { defaultPayloadConverter, type Payload, type SerializationContext } from '@temporalio/common';
import { expect, test } from 'vitest';
import { dataConverter } from '../../config/dataConverter.ts';
import { type EncryptionKeys, onPlainPayload } from '../../config/encryption.ts';
import { encryptionKeysFrom } from '../../signing/keys.ts';

const first = randomBytes(32).toString('base64');
const second = randomBytes(32).toString('base64');
const keys = encryptionKeysFrom(first);
const rotated = encryptionKeysFrom(`# the new one\n${second}\n${first}\n`);

const value = { title: 'Write the policy', assignee: 'olu@example.org' };
const payload = defaultPayloadConverter.toPayload(value);
const of = (workflowId: string): SerializationContext => ({ type: 'workflow', namespace: 'default', workflowId });

test('what is written cannot be read without the key, and is different each time', async () => {
  const [one, other] = [await encoded(payload, keys), await encoded(payload, keys)];
  expect(Buffer.from(one.data!).includes('olu@example.org')).toBe(false);
  expect(one.data).not.toEqual(other.data);
  expect(Buffer.from(one.data!).subarray(0, 12)).not.toEqual(Buffer.from(other.data!).subarray(0, 12));
  expect(Buffer.from(one.metadata!.encoding!).toString()).toBe('binary/encrypted');
  expect(defaultPayloadConverter.fromPayload(await decoded(one, keys))).toEqual(value);
});

test('what is large is compressed before it is encrypted', async () => {
  const large = defaultPayloadConverter.toPayload(Array.from({ length: 2_000 }, () => value));
  const kept = await encoded(large, keys);
  expect(kept.data!.length).toBeLessThan(large.data!.length / 7);
  expect(Buffer.from((await decoded(kept, keys)).data!).equals(large.data!)).toBe(true);
});

test('a new key encrypts what is new, and the old one decrypts what there was', async () => {
  const before = await encoded(payload, keys);
  const after = await encoded(payload, rotated);
  expect(defaultPayloadConverter.fromPayload(await decoded(before, rotated))).toEqual(value);
  expect(defaultPayloadConverter.fromPayload(await decoded(after, rotated))).toEqual(value);
  expect(await decoded(after, keys)).toBe(after);
});

test('what was written before anything was encrypted is read as it is', async () => {
  expect(await decoded(payload, keys)).toBe(payload);
});

test('what is not encrypted is told, and not read where encryption is required', async () => {
  let came = 0;
  onPlainPayload(() => {
    came++;
  });
  const required = { ...keys, required: true };
  const kept = await encoded(payload, keys);
  expect(defaultPayloadConverter.fromPayload(await decoded(kept, required))).toEqual(value);
  expect(came).toBe(0);
  await decoded(payload, keys);
  expect(came).toBe(1);
  const unread = await decoded(payload, required);
  expect(() => defaultPayloadConverter.fromPayload(unread)).toThrow('CERTLOOP_ENCRYPTION_REQUIRED');
  expect(came).toBe(2);
});

test('what was changed, or is of another program, is not read', async () => {
  const kept = await encoded(payload, keys, of('program/aims'));
  expect(defaultPayloadConverter.fromPayload(await decoded(kept, keys, of('program/aims')))).toEqual(value);
  expect(await decoded(kept, keys, of('program/other'))).toBe(kept);
  for (const at of [0, 12, 28, kept.data!.length - 1]) {
    const data = Buffer.from(kept.data!);
    data[at]! ^= 1;
    const changed = { ...kept, data };
    expect(await decoded(changed, keys)).toBe(changed);
  }
  for (const field of ['encrypted-for', 'encryption-key-id']) {
    const changed = { ...kept, metadata: { ...kept.metadata, [field]: Buffer.from('other') } };
    expect(await decoded(changed, keys)).toBe(changed);
  }
  const none: Payload = { metadata: kept.metadata };
  expect(await decoded(none, keys)).toBe(none);
});

test.each([
  ['', 'There is no key'],
  ['secret', 'is no key: expected at least 32'],
  [randomBytes(33).toString('base64'), 'encrypts nothing: expected 32 random bytes'],
  [`${first} ada@example.org`, 'name no addresses there'],
])('keys that are none are refused, and not shown: %j', (text, message) => {
  expect(() => encryptionKeysFrom(text)).toThrow(message);
  expect(() => encryptionKeysFrom(text)).not.toThrow(text || 'x'.repeat(99));
});

async function encoded(given: Payload, by: EncryptionKeys, context?: SerializationContext): Promise<Payload> {
  let payloads = [given];
  for (const codec of dataConverter({ encryption: by }).payloadCodecs!)
    payloads = await codec.encode(payloads, context);
  return payloads[0]!;
}

async function decoded(given: Payload, by: EncryptionKeys, context?: SerializationContext): Promise<Payload> {
  let payloads = [given];
  for (const codec of dataConverter({ encryption: by }).payloadCodecs!.toReversed())
    payloads = await codec.decode(payloads, context);
  return payloads[0]!;
}
