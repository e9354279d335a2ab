import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import { byWorker, flawText, signatureMark } from '../signing/flaws.ts';
import type { SigningKeys } from '../signing/keys.ts';
import { flawOf, type Purpose, sign } from '../signing/sign.ts';

/** What a signed envelope has in it, as JSON; what has not is not parsed a second time. */
const signature = Buffer.from('"signature"');

/** What a workflow leaves to be signed has this in it. */
const unsigned = Buffer.from(`"signature":"${byWorker}"`);

/**
 * Signs what a workflow hands on through Temporal, to its next run or to an activity, where it asks for that: whoever else reaches
 * Temporal could hand on anything. And marks what a worker reads for a program: whether the signature in it holds, or what is wrong
 * with it. Workflows know no keys;
 * the validator of an Update goes by the mark, which is never written and taken off whatever comes in with one.
 */
export function signatureCheck(keys: SigningKeys): PayloadCodec {
  return {
    encode: async (payloads, context) => payloads.map((payload) => signed(payload, context, keys)),
    decode: async (payloads, context) => payloads.map((payload) => marked(payload, context, keys)),
  };
}

function marked(payload: Payload, context: SerializationContext | undefined, keys: SigningKeys): Payload {
  const { [signatureMark]: _, ...metadata } = payload.metadata ?? {};
  if (context?.type !== 'workflow' || !payload.data || !Buffer.from(payload.data).includes(signature))
    return signatureMark in (payload.metadata ?? {}) ? { ...payload, metadata } : payload;
  const sent = parsed(payload.data);
  const flaw = flawOf(purposeOf(sent), context.workflowId, sent, keys, Date.now());
  return { ...payload, metadata: { ...metadata, [signatureMark]: Buffer.from(flaw ? flawText(flaw) : '') } };
}

function signed(payload: Payload, context: SerializationContext | undefined, keys: SigningKeys): Payload {
  const { workflowId, type } = context ?? {};
  if (!workflowId || !payload.data || !Buffer.from(payload.data).includes(unsigned)) return payload;
  const sent = parsed(payload.data) as { signature?: unknown };
  if (sent?.signature !== byWorker) return payload;
  const whole = sign(type === 'activity' ? 'append' : 'carry', workflowId, sent, keys);
  return { ...payload, data: Buffer.from(JSON.stringify(whole)) };
}

/** What somebody sends to a program is a command, starts it, or is what one run hands to the next. */
function purposeOf(sent: unknown): Purpose {
  if (typeof sent !== 'object' || sent === null) return 'command';
  if ('state' in sent) return 'carry';
  return 'definition' in sent ? 'start' : 'command';
}

function parsed(data: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(data).toString());
  } catch {
    return undefined;
  }
}
