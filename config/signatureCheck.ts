import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import { flawText, signatureMark } from '../signing/flaws.ts';
import type { SigningKeys } from '../signing/keys.ts';
import { flawOf } from '../signing/sign.ts';

/** What a signed envelope has in it, as JSON; what has not is not parsed a second time. */
const sign = Buffer.from('"signature"');

/**
 * Marks what a worker reads for a program: whether the signature in it holds, or what is wrong with it. Workflows know no keys;
 * the validator of an Update goes by the mark, which is never written and taken off whatever comes in with one.
 */
export function signatureCheck(keys: SigningKeys): PayloadCodec {
  return {
    encode: async (payloads) => payloads,
    decode: async (payloads, context) => payloads.map((payload) => marked(payload, context, keys)),
  };
}

function marked(payload: Payload, context: SerializationContext | undefined, keys: SigningKeys): Payload {
  const { [signatureMark]: _, ...metadata } = payload.metadata ?? {};
  if (context?.type !== 'workflow' || !payload.data || !Buffer.from(payload.data).includes(sign))
    return signatureMark in (payload.metadata ?? {}) ? { ...payload, metadata } : payload;
  const flaw = flawOf('command', context.workflowId, parsed(payload.data), keys);
  return { ...payload, metadata: { ...metadata, [signatureMark]: Buffer.from(flaw ? flawText(flaw) : '') } };
}

function parsed(data: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(data).toString());
  } catch {
    return undefined;
  }
}
