import type { Email, Instant } from '../domain/basics.ts';
import type { Connection } from './connection.ts';

/** `mail`: a code and a link, sent to the address. `terminal`: a link printed by who runs the server. */
export type SignInKind = 'mail' | 'terminal';

/** A way in that was asked for, good once and for a short time. Only hashes of its secrets are kept. */
export interface SignIn {
  id: string;
  email: Email;
  kind: SignInKind;
  codeHash?: string;
  linkHash: string;
  /** Codes that were tried. */
  attempts: number;
  askedAt: Instant;
  expiresAt: Instant;
  usedAt?: Instant;
}

export interface SignIns {
  ask(signIn: Omit<SignIn, 'attempts' | 'usedAt'>): Promise<void>;
  find(id: string): Promise<SignIn | undefined>;
  byLink(linkHash: string): Promise<SignIn | undefined>;
  /** Counts an attempt at its code, unless `most` were made; gives whether this one may be looked at. */
  attempt(id: string, most: number): Promise<boolean>;
  /** Uses it up; gives whether this call did, for of two at once one does. */
  use(id: string, now: Instant): Promise<boolean>;
  /** How many were asked for since a moment: by a person, or by all. */
  countSince(since: Instant, email?: Email): Promise<number>;
  /** Forgets those that expired before a moment. */
  forget(before: Instant): Promise<number>;
}

interface Row {
  id: string;
  email: Email;
  kind: SignInKind;
  code_hash: string | null;
  link_hash: string;
  attempts: number;
  asked_at: Instant;
  expires_at: Instant;
  used_at: Instant | null;
}

/** The sign-ins that were asked for. */
export function createSignIns({ reader, write }: Connection): SignIns {
  const one = async (key: Partial<Row>) => {
    const row: Row | undefined = await reader('sign_ins').where(key).first();
    return row && signInOf(row);
  };
  return {
    async ask({ id, email, kind, codeHash, linkHash, askedAt, expiresAt }) {
      await write((trx) =>
        trx('sign_ins').insert({
          id,
          email,
          kind,
          code_hash: codeHash ?? null,
          link_hash: linkHash,
          attempts: 0,
          asked_at: askedAt,
          expires_at: expiresAt,
        }),
      );
    },
    find: (id) => one({ id }),
    byLink: (linkHash) => one({ link_hash: linkHash }),
    async attempt(id, most) {
      const changed = await write((trx) =>
        trx('sign_ins').where({ id }).where('attempts', '<', most).increment('attempts', 1),
      );
      return changed > 0;
    },
    async use(id, now) {
      return (await write((trx) => trx('sign_ins').where({ id }).whereNull('used_at').update({ used_at: now }))) > 0;
    },
    async countSince(since, email) {
      const query = reader('sign_ins').where('asked_at', '>=', since).where({ kind: 'mail' });
      if (email) query.where({ email });
      const [row] = await query.count('id as n');
      return Number(row?.n);
    },
    forget: (before) => write((trx) => trx('sign_ins').where('expires_at', '<=', before).delete()),
  };
}

function signInOf(row: Row): SignIn {
  const { id, email, kind, attempts } = row;
  return {
    id,
    email,
    kind,
    ...(row.code_hash !== null && { codeHash: row.code_hash }),
    linkHash: row.link_hash,
    attempts,
    askedAt: row.asked_at,
    expiresAt: row.expires_at,
    ...(row.used_at !== null && { usedAt: row.used_at }),
  };
}
