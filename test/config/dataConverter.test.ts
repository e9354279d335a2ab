import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { defaultPayloadConverter, type Payload } from '@temporalio/common';
import proto from '@temporalio/proto';
import { expect, test } from 'vitest';
import { dataConverter } from '../../config/dataConverter.ts';

const codecs = dataConverter().payloadCodecs!;
const large = { tasks: Array.from({ length: 500 }, (_, index) => ({ id: `T-${index}`, title: 'Evidence: a policy' })) };

test('a large payload is a seventh of its size while Temporal keeps it, and comes back as it was', async () => {
  const payload = defaultPayloadConverter.toPayload(large);
  const kept = await encoded(payload);
  expect(encodingOf(kept)).toBe('binary/zlib');
  expect(kept.data!.length).toBeLessThan(payload.data!.length / 7);
  expect(defaultPayloadConverter.fromPayload(await decoded(kept))).toEqual(large);
});

test('a small payload, and one that is no smaller compressed, stay as they are', async () => {
  const small = defaultPayloadConverter.toPayload({ type: 'pause', reason: 'The product is being sold.' });
  const random = defaultPayloadConverter.toPayload(new Uint8Array(randomBytes(50_000)));
  expect(await encoded(small)).toBe(small);
  expect(await encoded(random)).toBe(random);
});

test('what was written before payloads were compressed is read as ever', async () => {
  const payload = defaultPayloadConverter.toPayload(large);
  expect(await decoded(payload)).toBe(payload);
});

test.each([
  ['is nothing of the kind', Buffer.from('no zlib at all')],
  ['has no bytes', undefined],
  ['comes to more than anybody carries', bomb()],
])('what says it is compressed, and %s, is left as it is', async (_, data) => {
  const payload: Payload = { metadata: { encoding: Buffer.from('binary/zlib') }, data };
  expect(await decoded(payload)).toBe(payload);
});

/** Two hundred megabytes in less than Temporal takes. */
function bomb(): Buffer {
  const { Payload: payloads } = proto.temporal.api.common.v1;
  return deflateSync(payloads.encode({ data: Buffer.alloc(200 * 1_024 * 1_024) }).finish());
}

async function encoded(payload: Payload): Promise<Payload> {
  let payloads = [payload];
  for (const codec of codecs) payloads = await codec.encode(payloads);
  return payloads[0]!;
}

async function decoded(payload: Payload): Promise<Payload> {
  let payloads = [payload];
  for (const codec of codecs.toReversed()) payloads = await codec.decode(payloads);
  return payloads[0]!;
}

function encodingOf({ metadata }: Payload): string {
  return Buffer.from(metadata!.encoding!).toString();
}
