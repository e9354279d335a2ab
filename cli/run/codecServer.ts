import { timingSafeEqual } from 'node:crypto';
import type { Payload, PayloadCodec } from '@temporalio/common';
import Fastify, { type FastifyInstance } from 'fastify';
import { Type } from 'typebox';
import { dataConverter } from '../../config/dataConverter.ts';
import type { EncryptionKeys } from '../../config/encryption.ts';

export interface CodecServerOptions {
  encryption: EncryptionKeys;
  /** Whoever asks has it, as the first part of the path or as a bearer token. */
  token: string;
  /** The origins of Temporal's pages, such as `http://localhost:8233`; no other page may ask. */
  origins: readonly string[];
}

/** As Temporal's pages send payloads and expect them: bytes in base64. */
interface Plain {
  metadata?: Record<string, string>;
  data?: string;
}

const bytes = Type.String({ pattern: '^[A-Za-z0-9+/]*=*$' });
const plain = Type.Object({ metadata: Type.Optional(Type.Record(Type.String(), bytes)), data: Type.Optional(bytes) });
const body = Type.Object({ payloads: Type.Array(plain, { maxItems: 10_000 }) });

/** Builds the codec server of Temporal's protocol (`/encode`, `/decode`): not yet listening, ready for `inject` and `listen`. */
export function buildCodecServer({ encryption, token, origins }: CodecServerOptions): FastifyInstance {
  const app = Fastify({ bodyLimit: 32 * 2 ** 20 });
  const codecs = dataConverter({ encryption }).payloadCodecs!;

  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    if (origin && origins.includes(origin)) {
      reply.headers({
        'access-control-allow-origin': origin,
        'access-control-allow-headers': 'authorization, content-type, x-namespace',
        'access-control-allow-methods': 'POST',
        vary: 'origin',
      });
      if (request.method === 'OPTIONS') return reply.status(204).send();
    }
    const given = /^\/([^/]+)\/(?:en|de)code$/.exec(request.url)?.[1] ?? request.headers.authorization?.slice(7);
    if (!isSame(given ?? '', token)) return reply.status(401).send({ detail: 'Ask with the token that was printed.' });
    return undefined;
  });

  for (const [name, convert] of [
    ['encode', encodedBy],
    ['decode', decodedBy],
  ] as const) {
    const answer = async ({ body: { payloads } }: { body: { payloads: Plain[] } }) => ({
      payloads: (await convert(codecs, payloads.map(fromPlain))).map(toPlain),
    });
    app.post<{ Body: { payloads: Plain[] } }>(`/${name}`, { schema: { body } }, answer);
    app.post<{ Body: { payloads: Plain[] } }>(`/:token/${name}`, { schema: { body } }, answer);
  }
  return app;
}

async function encodedBy(codecs: PayloadCodec[], payloads: Payload[]): Promise<Payload[]> {
  let passed = payloads;
  for (const codec of codecs) passed = await codec.encode(passed);
  return passed;
}

async function decodedBy(codecs: PayloadCodec[], payloads: Payload[]): Promise<Payload[]> {
  let passed = payloads;
  for (const codec of codecs.toReversed()) passed = await codec.decode(passed);
  return passed;
}

function fromPlain({ metadata = {}, data }: Plain): Payload {
  const fields = Object.entries(metadata).map(([key, value]) => [key, Buffer.from(value, 'base64')] as const);
  return { metadata: Object.fromEntries(fields), data: Buffer.from(data ?? '', 'base64') };
}

function toPlain({ metadata, data }: Payload): Plain {
  const fields = Object.entries(metadata ?? {}).map(([key, value]) => [key, Buffer.from(value).toString('base64')]);
  return { metadata: Object.fromEntries(fields), data: Buffer.from(data ?? []).toString('base64') };
}

function isSame(given: string, token: string): boolean {
  const [one, other] = [Buffer.from(given), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}
