import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { LRUCache } from 'lru-cache';
import type { Email, IsoDate } from '../domain/basics.ts';
import type { Connection } from './connection.ts';
import { type Order, paginate } from './cursor.ts';
import type { Revoked, TokenInfo, Tokens } from './types.ts';

/** Every request looks its token up; a minute is how long one that was removed elsewhere can still be used. */
const cached = { max: 1000, ttl: 60_000 };

const order: Order = { columns: { email: 'string', id: 'string' } };

interface Row {
  id: string;
  hash: string;
  email: Email;
  name: string;
  installation_role: TokenInfo['installationRole'] | null;
  expires_on: IsoDate | null;
}

/**
 * Bearer tokens: `clp_` and 32 random bytes in base64url. They are long and random, so a plain SHA-256 of them
 * cannot be turned back. A token is good through the day it expires on.
 */
export function createTokens({ reader, write }: Connection): Tokens {
  const cache = new LRUCache<string, TokenInfo>(cached);

  async function load(hash: string): Promise<TokenInfo | undefined> {
    const row: Row | undefined = await reader('tokens').where({ hash }).first();
    if (!row) return undefined;
    const info = toInfo(row);
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
      if (!info || !isGood(info, today)) return undefined;
      return info;
    },
    async count() {
      const [row] = await reader('tokens').count('id as n');
      return Number(row?.n);
    },
    async list(page) {
      const { items, nextCursor } = await paginate<Row>(reader<Row>('tokens').select(), order, page);
      return { items: items.map(toInfo), nextCursor };
    },
    async revoke(id, today, { unlessLast } = { unlessLast: false }) {
      const { revoked, hash } = await write<{ revoked: Revoked; hash?: string }>(async (trx) => {
        // Locked, so that of two who each revoke the other's only one does.
        const rows: Row[] = await trx('tokens')
          .where({ id })
          .orWhere({ installation_role: 'administrator' })
          .orderBy('id')
          .forUpdate();
        const row = rows.find((one) => one.id === id);
        if (!row) return { revoked: { outcome: 'unknown' } };
        const info = toInfo(row);
        const isAdministrator = (one: TokenInfo) => one.installationRole === 'administrator' && isGood(one, today);
        const administratorsLeft = rows.some((one) => one !== row && isAdministrator(toInfo(one)));
        if (unlessLast && isAdministrator(info) && !administratorsLeft) return { revoked: { outcome: 'last' } };
        await trx('tokens').where({ id }).delete();
        return { revoked: { outcome: 'revoked', info, administratorsLeft }, hash: row.hash };
      });
      if (hash) cache.delete(hash);
      return revoked;
    },
  };
}

function toInfo({ id, email, name, installation_role, expires_on }: Row): TokenInfo {
  return {
    id,
    email,
    name,
    ...(installation_role !== null && { installationRole: installation_role }),
    ...(expires_on !== null && { expiresOn: expires_on }),
  };
}

function isGood({ expiresOn }: TokenInfo, today: IsoDate): boolean {
  return expiresOn === undefined || expiresOn >= today;
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
