import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Connection } from './connection.ts';
import type { TokenInfo, Tokens } from './types.ts';

/** Every request looks its token up; a minute is how long one that was removed by hand can still be used. */
const cached = { max: 1000, ttl: 60_000 };

/**
 * Bearer tokens: `clp_` and 32 random bytes in base64url. They are long and random, so a plain SHA-256 of them
 * cannot be turned back. A token is good through the day it expires on.
 */
export function createTokens({ reader, write }: Connection): Tokens {
  const cache = new LRUCache<string, TokenInfo>(cached);

  async function load(hash: string): Promise<TokenInfo | undefined> {
    const row = await reader('tokens').where({ hash }).first();
    if (!row) return undefined;
    const info: TokenInfo = {
      id: row.id,
      email: row.email,
      name: row.name,
      ...(row.installation_role !== null && { installationRole: row.installation_role }),
      ...(row.expires_on !== null && { expiresOn: row.expires_on }),
    };
    cache.set(hash, info);
    return info;
  }

  return {
    async create({ email, name, installationRole, expiresOn }) {
      const token = `clp_${randomBytes(32).toString('base64url')}`;
      const id = randomUUID();
      const row = {
        id,
        hash: hashOf(token),
        email,
        name,
        installation_role: installationRole ?? null,
        expires_on: expiresOn ?? null,
      };
      await write((trx) => trx('tokens').insert(row));
      return {
        token,
        info: { id, email, name, ...(installationRole && { installationRole }), ...(expiresOn && { expiresOn }) },
      };
    },
    async find(token, today) {
      const hash = hashOf(token);
      const info = cache.get(hash) ?? (await load(hash));
      if (!info || (info.expiresOn !== undefined && info.expiresOn < today)) return undefined;
      return info;
    },
    async count() {
      const [row] = await reader('tokens').count('id as n');
      return Number(row?.n);
    },
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
