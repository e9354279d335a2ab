import { workflowIdOf } from '../workflows/messages.ts';
import type { SigningKeys } from './keys.ts';
import { type Signed, sign } from './sign.ts';

export type { SigningKey, SigningKeys } from './keys.ts';
export { keysFrom } from './keys.ts';
export type { Signed } from './sign.ts';

/** How long a signed envelope can be sent when nothing else is said, in milliseconds: a week. */
const goodForMs = 7 * 24 * 3_600_000;

/**
 * Signs the envelope of a command for one program, to be sent to its execution `program/<id>` as the Update or the Signal
 * `command` (`commands` for many): for systems that work in Temporal and have no HTTP.
 *
 * @param keys - of which the first signs, as `keysFrom` reads them
 * @param goodFor - how long it can be sent, in milliseconds; a week when absent, for ever where it is `Infinity`. A Signal waits for a worker in that time
 * @returns the envelope with its signature; any change of it afterwards is refused
 */
export function signEnvelope<T extends { commandId: string; actor: { email: string } }>(
  programId: string,
  envelope: T,
  keys: SigningKeys,
  goodFor: number = goodForMs,
): Signed<T> {
  return sign(
    'command',
    workflowIdOf(programId),
    envelope,
    keys,
    goodFor === Infinity ? undefined : Math.floor(Date.now() + goodFor),
  );
}
