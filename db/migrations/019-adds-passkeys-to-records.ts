import type { Knex } from 'knex';
import { sha256 } from '../hashes.ts';
import { atMachine, recordEvent } from '../installation.ts';

/** Passkeys that were there before the installation's chain had them: from now on it knows them as they were found. */
export async function up(db: Knex): Promise<void> {
  for (const { id, email, public_key } of await db('passkeys').orderBy('id').select()) {
    const data = { passkeyId: id, email, keyHash: sha256(public_key) };
    await recordEvent(db, atMachine, { type: 'PasskeyKnown', data });
  }
}

/** What a chain has, it keeps. */
export async function down(): Promise<void> {}
