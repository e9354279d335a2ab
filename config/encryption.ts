import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Payload, PayloadCodec, SerializationContext } from '@temporalio/common';
import proto from '@temporalio/proto';
import type { Key, Keys } from '../signing/keys.ts';

const { Payload: payloads } = proto.temporal.api.common.v1;
const cipher = 'aes-256-gcm';
const ivBytes = 12;
const tagBytes = 16;

/** The encoding that Temporal's own samples have for it. */
const encoding = Buffer.from('binary/encrypted');

/** Which key it was, and for which program: what is encrypted for one cannot be put into the history of another. */
const keyField = 'encryption-key-id';
const ownerField = 'encrypted-for';

/** What encrypts, and what becomes of what comes unencrypted. */
export interface EncryptionKeys extends Keys {
  /** Whether what comes unencrypted is not read; it is read as it is when absent. */
  required?: boolean;
}

/** The encoding of what was not read: its name is in the error of whoever tries to. */
const refused = Buffer.from('unencrypted, which CERTLOOP_ENCRYPTION_REQUIRED refuses');

let plainCame: () => void = () => undefined;

/** Has each payload told that this process gets unencrypted, although it has keys. */
export function onPlainPayload(tell: () => void): void {
  plainCame = tell;
}

/**
 * Encrypts each payload by itself (AES-256-GCM, a fresh IV of 96 bits each), so that whoever reads what Temporal keeps learns nothing
 * of it and can change none of it. The first key encrypts, each of them decrypts. What is not encrypted is
 * told, and read as it is unless encryption is required: it was written before, or by somebody who signs for it. What cannot be read is left as it is, for the converter to say so: a throw here
 * would fail the program's every task, over one Signal.
 */
export function encryption(keys: EncryptionKeys): PayloadCodec {
  return {
    encode: async (given, context) => given.map((payload) => encrypted(payload, ownerOf(context), keys.first)),
    decode: async (given, context) => given.map((payload) => decrypted(payload, ownerOf(context), keys)),
  };
}

function encrypted(payload: Payload, owner: string, { id, secret }: Key): Payload {
  const iv = randomBytes(ivBytes);
  const sealing = createCipheriv(cipher, secret, iv).setAAD(alongside(id, owner));
  const hidden = Buffer.concat([sealing.update(payloads.encode(payload).finish()), sealing.final()]);
  const data = Buffer.concat([iv, sealing.getAuthTag(), hidden]);
  return { metadata: { encoding, [keyField]: Buffer.from(id), [ownerField]: Buffer.from(owner) }, data };
}

function decrypted(payload: Payload, reader: string, keys: EncryptionKeys): Payload {
  const { metadata } = payload;
  if (!Buffer.from(metadata?.encoding ?? []).equals(encoding)) {
    plainCame();
    return keys.required ? { metadata: { encoding: refused } } : payload;
  }
  const id = Buffer.from(metadata?.[keyField] ?? []).toString();
  const owner = Buffer.from(metadata?.[ownerField] ?? []).toString();
  const key = keys.byId.get(id);
  // Not everything that reads says for whom: a codec server does not know.
  if (!key || (reader && owner && reader !== owner)) return payload;
  try {
    const data = Buffer.from(payload.data ?? []);
    const opening = createDecipheriv(cipher, key.secret, data.subarray(0, ivBytes))
      .setAAD(alongside(id, owner))
      .setAuthTag(data.subarray(ivBytes, ivBytes + tagBytes));
    return payloads.decode(Buffer.concat([opening.update(data.subarray(ivBytes + tagBytes)), opening.final()]));
  } catch {
    return payload;
  }
}

function ownerOf(context: SerializationContext | undefined): string {
  return context?.workflowId ?? '';
}

function alongside(id: string, owner: string): Buffer {
  return Buffer.from(JSON.stringify([id, owner]));
}
