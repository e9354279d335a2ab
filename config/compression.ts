import { promisify } from 'node:util';
import { deflate as deflateWith, type InputType, inflate as inflateWith, type ZlibOptions } from 'node:zlib';
import type { Payload, PayloadCodec } from '@temporalio/common';
import proto from '@temporalio/proto';

const { Payload: payloads } = proto.temporal.api.common.v1;
const deflate: (input: InputType, options: ZlibOptions) => Promise<Buffer> = promisify(deflateWith);
const inflate: (input: InputType, options: ZlibOptions) => Promise<Buffer> = promisify(inflateWith);

/** Payloads of fewer bytes stay as they are: a command and its answer would gain nothing, and wait for it. */
const fewestBytes = 8 * 1_024;

/** The most bytes that a payload comes to: whoever can send to Temporal could send two megabytes that come to two gigabytes. */
const mostBytes = 64 * 1_024 * 1_024;

/** The name and the form that Temporal's own zlib codec has in its other SDKs, so that their codec servers read it. */
const encoding = new TextEncoder().encode('binary/zlib');

/**
 * Compresses large payloads: what one run of a program hands to the next becomes a seventh. zlib because it is in every
 * Node and in the other SDKs; Brotli gains a tenth more, zstd asks for Node 22. Level 3 takes half the time of level 6 for a
 * tenth more bytes. What cannot be read is left as it is, for the converter to say so: a throw here would fail
 * the program's every task, over one Signal.
 */
export const compression: PayloadCodec = {
  encode: (given) => Promise.all(given.map(compressed)),
  decode: (given) => Promise.all(given.map(asItWas)),
};

async function compressed(payload: Payload): Promise<Payload> {
  if ((payload.data?.length ?? 0) < fewestBytes) return payload;
  const data = await deflate(payloads.encode(payload).finish(), { level: 3 });
  return data.length < payload.data!.length ? { metadata: { encoding }, data } : payload;
}

async function asItWas(payload: Payload): Promise<Payload> {
  if (!isCompressed(payload)) return payload;
  try {
    return payloads.decode(await inflate(payload.data ?? new Uint8Array(), { maxOutputLength: mostBytes }));
  } catch {
    return payload;
  }
}

function isCompressed({ metadata }: Payload): boolean {
  return Buffer.from(metadata?.encoding ?? []).equals(encoding);
}
