import { randomBytes, randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import { LRUCache } from 'lru-cache';
import type { Email, Instant, IsoDate } from '../domain/basics.ts';
import type { Connection } from './connection.ts';
import { type Order, paginate } from './cursor.ts';
import { sha256 } from './hashes.ts';
import { atMachine, type By, recordEvent } from './installation.ts';
import { isPostgres } from './statements.ts';
import type { NewToken, Revoked, TokenInfo, TokenScope, Tokens } from './types.ts';

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
  program_id: string | null;
  access: TokenScope['access'] | null;
  last_used_at: Instant | null;
  made_at: Instant | null;
  made_by: Email | null;
}

/** A token that is used all the time is noted once in so many milliseconds: every request would be a write otherwise. */
const notedMs = 60_000;

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

  /** That it could not be noted keeps nobody out. */
  function note(info: TokenInfo): void {
    const now = Date.now();
    if (now - Date.parse(info.lastUsedAt ?? '1970-01-01T00:00:00.000Z') < notedMs) return;
    info.lastUsedAt = new Date(now).toISOString();
    const { id, lastUsedAt } = info;
    write((trx) => trx('tokens').where({ id }).update({ last_used_at: lastUsedAt })).catch(() => undefined);
  }

  return {
    async create(input, by) {
      const { token, row } = made(input, by);
      await write((trx) => insert(trx, by, row));
      return { token, info: toInfo(row) };
    },
    async createFirst(input) {
      const { token, row } = made(input, atMachine);
      const isFirst = await write(async (trx) => {
        // Of two processes that start at once the second waits here; on SQLite it waited for the transaction.
        if (isPostgres(trx)) await trx.raw('lock table tokens in share row exclusive mode');
        if (await trx('tokens').first('id')) return false;
        await insert(trx, atMachine, row);
        return true;
      });
      return isFirst ? { token, info: toInfo(row) } : undefined;
    },
    async find(token, today) {
      const hash = sha256(token);
      const info = cache.get(hash) ?? (await load(hash));
      if (!info || !isGood(info, today)) return undefined;
      note(info);
      return info;
    },
    async count() {
      const [row] = await reader('tokens').count('id as n');
      return Number(row?.n);
    },
    async list(page, of, programId) {
      const query = reader<Row>('tokens').select();
      if (of !== undefined) query.where({ email: of });
      if (programId !== undefined) query.where({ program_id: programId });
      const { items, nextCursor } = await paginate<Row>(query, order, page);
      return { items: items.map(toInfo), nextCursor };
    },
    async get(id) {
      const row: Row | undefined = await reader('tokens').where({ id }).first();
      return row && toInfo(row);
    },
    async revoke(id, today, { unlessLast = false, by }) {
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
        const isAdministrator = (one: TokenInfo) =>
          one.installationRole === 'administrator' && !one.scope && isGood(one, today);
        const administratorsLeft = rows.some((one) => one !== row && isAdministrator(toInfo(one)));
        if (unlessLast && isAdministrator(info) && !administratorsLeft) return { revoked: { outcome: 'last' } };
        await trx('tokens').where({ id }).delete();
        const { email, name } = info;
        await recordEvent(trx, by, { type: 'TokenRevoked', data: { tokenId: id, email, name } });
        return { revoked: { outcome: 'revoked', info, administratorsLeft }, hash: row.hash };
      });
      if (hash) cache.delete(hash);
      return revoked;
    },
  };
}

/** A new secret, and the row that knows it. */
function made({ email, name, installationRole, scope, expiresOn }: NewToken, by: By) {
  const token = `clp_${randomBytes(32).toString('base64url')}`;
  const row: Row = {
    id: randomUUID(),
    hash: sha256(token),
    email,
    name,
    installation_role: installationRole ?? null,
    expires_on: expiresOn ?? null,
    program_id: scope?.programId ?? null,
    access: scope?.access ?? null,
    last_used_at: null,
    made_at: new Date().toISOString(),
    made_by: by.actor ?? null,
  };
  return { token, row };
}

async function insert(trx: Knex, by: By, row: Row): Promise<void> {
  await trx('tokens').insert(row);
  const { id: tokenId, madeAt: _at, madeBy: _by, ...data } = toInfo(row);
  await recordEvent(trx, by, { type: 'TokenMade', data: { tokenId, ...data, secretHash: row.hash } });
}

function toInfo(row: Row): TokenInfo {
  const { id, email, name, installation_role, expires_on, program_id, access, last_used_at, made_at, made_by } = row;
  return {
    id,
    email,
    name,
    ...(installation_role !== null && { installationRole: installation_role }),
    ...((program_id !== null || access !== null) && {
      scope: { ...(program_id !== null && { programId: program_id }), access: access ?? 'write' },
    }),
    ...(expires_on !== null && { expiresOn: expires_on }),
    ...(made_at !== null && { madeAt: made_at }),
    ...(made_by !== null && { madeBy: made_by }),
    ...(last_used_at !== null && { lastUsedAt: last_used_at }),
  };
}

function isGood({ expiresOn }: TokenInfo, today: IsoDate): boolean {
  return expiresOn === undefined || expiresOn >= today;
}
