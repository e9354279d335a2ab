import type { Knex } from 'knex';
import type { Email, Instant } from '../domain/basics.ts';
import type { Connection } from './connection.ts';
import { sha256 } from './hashes.ts';
import { type By, recordEvent } from './installation.ts';

/** A passkey of a person: what a device proves by, in place of a password. */
export interface Passkey {
  /** The credential's id, as the device names it; base64url. */
  id: string;
  email: Email;
  /** What its person calls it. */
  name: string;
  /** COSE; base64url. */
  publicKey: string;
  /** Signatures that the device has counted; 0 always for those that do not count. */
  counter: number;
  /** How the device is reached, as it said itself: `internal`, `usb`, `hybrid` … */
  transports: string[];
  /** Whether it is kept with the person's other devices, and not in one alone. */
  synced: boolean;
  createdAt: Instant;
  usedAt?: Instant;
}

export interface Passkeys {
  find(id: string): Promise<Passkey | undefined>;
  /** The passkeys of a person, the first one first. */
  of(email: Email): Promise<Passkey[]>;
  /** Keeps a new one; gives whether it was new. */
  add(passkey: Passkey, by: By): Promise<boolean>;
  /**
   * Notes that one was used and what its device counts now; gives whether that was so. It is not when the device counted no
   * further since: then somebody has a copy, or shows an old answer again.
   */
  used(id: string, counter: number, now: Instant): Promise<boolean>;
  /** Gives whether the person has it. */
  rename(email: Email, id: string, name: string): Promise<boolean>;
  /** Gives whether the person had it. */
  remove(email: Email, id: string, by: By): Promise<boolean>;
  removeAll(email: Email, by: By): Promise<void>;
  /** Keeps a challenge, for a person who adds a passkey or for anybody who signs in, and forgets those that expired. */
  ask(challenge: { challenge: string; email?: Email; expiresAt: Instant }, now: Instant): Promise<void>;
  /** Uses a challenge up; gives whether it was there, for the same person, and not expired. Of two at once one gets it. */
  answer(challenge: string, email: Email | undefined, now: Instant): Promise<boolean>;
}

interface Row {
  id: string;
  email: Email;
  name: string;
  public_key: string;
  counter: number | string;
  transports: string;
  synced: boolean | 0 | 1;
  created_at: Instant;
  used_at: Instant | null;
}

/** The passkeys of all people, and the challenges that were given out. Who added and removed one is in the installation's chain. */
export function createPasskeys({ reader, write }: Connection): Passkeys {
  return {
    async find(id) {
      const row: Row | undefined = await reader('passkeys').where({ id }).first();
      return row && passkeyOf(row);
    },
    async of(email) {
      const rows: Row[] = await reader('passkeys').where({ email }).orderBy(['created_at', 'id']);
      return rows.map(passkeyOf);
    },
    add: (passkey, by) =>
      write(async (trx) => {
        const { id, email, publicKey } = passkey;
        const before = await trx('passkeys').where({ id }).first('id');
        if (before) return false;
        await trx('passkeys').insert(rowOf(passkey));
        await recordEvent(trx, by, {
          type: 'PasskeyAdded',
          data: { passkeyId: id, email, keyHash: sha256(publicKey) },
        });
        return true;
      }),
    async used(id, counter, now) {
      const changed = await write((trx) =>
        trx('passkeys')
          .where({ id })
          .where((known) => {
            known.where('counter', '<', counter);
            // A device that does not count says 0 each time.
            if (counter === 0) known.orWhere({ counter: 0 });
          })
          .update({ counter, used_at: now }),
      );
      return changed > 0;
    },
    rename: async (email, id, name) =>
      (await write((trx) => trx('passkeys').where({ email, id }).update({ name }))) > 0,
    remove: async (email, id, by) => (await write((trx) => removed(trx, { email, id }, by))) > 0,
    async removeAll(email, by) {
      await write((trx) => removed(trx, { email }, by));
    },
    async ask({ challenge, email, expiresAt }, now) {
      await write(async (trx) => {
        await trx('passkey_challenges').where('expires_at', '<=', now).delete();
        await trx('passkey_challenges').insert({ challenge, email: email ?? null, expires_at: expiresAt });
      });
    },
    async answer(challenge, email, now) {
      const asked = await write((trx) =>
        trx('passkey_challenges')
          .where({ challenge, email: email ?? null })
          .where('expires_at', '>', now)
          .delete(),
      );
      return asked > 0;
    },
  };
}

/** Gives how many there were. */
async function removed(trx: Knex, which: Partial<Pick<Row, 'id' | 'email'>>, by: By): Promise<number> {
  const found: Pick<Row, 'id' | 'email'>[] = await trx('passkeys').where(which).forUpdate().select('id', 'email');
  for (const { id, email } of found) {
    await trx('passkeys').where({ id }).delete();
    await recordEvent(trx, by, { type: 'PasskeyRemoved', data: { passkeyId: id, email } });
  }
  return found.length;
}

function rowOf({ id, email, name, publicKey, counter, transports, synced, createdAt, usedAt }: Passkey): Row {
  return {
    id,
    email,
    name,
    public_key: publicKey,
    counter,
    transports: JSON.stringify(transports),
    synced,
    created_at: createdAt,
    used_at: usedAt ?? null,
  };
}

function passkeyOf(row: Row): Passkey {
  const { id, email, name } = row;
  return {
    id,
    email,
    name,
    publicKey: row.public_key,
    counter: Number(row.counter),
    transports: JSON.parse(row.transports),
    synced: Boolean(row.synced),
    createdAt: row.created_at,
    ...(row.used_at !== null && { usedAt: row.used_at }),
  };
}
