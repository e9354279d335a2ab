import { createHash, randomUUID } from 'node:crypto';
import type { Email } from '../domain/basics.ts';

/** An id for a command that its caller does not intend to send again. */
export function newCommandId(): string {
  return randomUUID();
}

/** What an `Idempotency-Key` is good for: the same key of another caller or program is another key. */
export interface KeyScope {
  caller: Email;
  programId: string;
  key: string;
}

/**
 * The command id that belongs to a key, always the same: a command sent again after a crash, when no answer was
 * kept, is still known to its program.
 */
export function commandIdOf({ caller, programId, key }: KeyScope): string {
  return createHash('sha256')
    .update(JSON.stringify([caller, programId, key]))
    .digest('hex')
    .slice(0, 32);
}
