import type { DataConverter } from '@temporalio/common';
import type { SigningKeys } from '../signing/keys.ts';
import { compression } from './compression.ts';
import { type EncryptionKeys, encryption } from './encryption.ts';
import { signatureCheck } from './signatureCheck.ts';

/**
 * How everything that Temporal keeps is written and read: the one home for it. Whoever talks to a program goes through it,
 * clients, workers and replays alike; the workflows themselves see plain values. What is written passes the codecs in their
 * order, what is read in the opposite one.
 *
 * @param keys - `signing` of a worker, which looks at the signatures of what it reads; `encryption` where all of it is encrypted
 */
export function dataConverter(keys: { signing?: SigningKeys; encryption?: EncryptionKeys } = {}): DataConverter {
  const checked = keys.signing ? [signatureCheck(keys.signing)] : [];
  const hidden = keys.encryption ? [encryption(keys.encryption)] : [];
  return { payloadCodecs: [...checked, compression, ...hidden] };
}
