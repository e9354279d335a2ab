import path from 'node:path';
import type { Connection } from './connection.ts';
import { createIdempotencyKeys } from './idempotency.ts';
import { type Migration, migrations } from './migrate.ts';
import { createOutbox } from './outbox.ts';
import { openPostgres } from './postgres.ts';
import { createReadTables } from './read.ts';
import { createRegister } from './register.ts';
import { openSqlite } from './sqlite.ts';
import { createTokens } from './tokens.ts';
import type { Database } from './types.ts';

/**
 * Opens the database of an installation and brings it to the newest schema.
 *
 * @param url `sqlite:/path/to/file.db` (made when missing, relative paths allowed) or `postgres://user:password@host/database`.
 * @param known the migrations up to the schema that is wanted; those of this version when absent
 * @throws Error that names the url without its password, the cause, and what to do.
 */
export async function openDatabase(url: string, known = migrations): Promise<Database> {
  const connection = await connect(url, known);
  return {
    register: createRegister(connection),
    read: createReadTables(connection),
    outbox: createOutbox(connection),
    tokens: createTokens(connection),
    idempotency: createIdempotencyKeys(connection),
    ping: async () => {
      await connection.reader.raw('select 1');
    },
    close: () => connection.close(),
  };
}

async function connect(url: string, known: readonly Migration[]): Promise<Connection> {
  if (url.startsWith('sqlite:')) {
    const file = fileOf(url);
    return openSqlite(file, known).catch((error: unknown) => {
      throw cannotOpen(
        url,
        error,
        `Check that ${path.dirname(file)} is a folder this user can write to and has room left.`,
      );
    });
  }
  if (/^postgres(ql)?:\/\//.test(url)) {
    return openPostgres(url, known).catch((error: unknown) => {
      const advice =
        'Check that the server runs, that host, port, database and user are right, and that the user may create tables.';
      throw cannotOpen(withoutPassword(url), error, advice);
    });
  }
  throw new Error(
    `Cannot open the database: "${withoutPassword(url)}" is neither sqlite:/path/to/file.db nor postgres://user@host/database. Correct the database url.`,
  );
}

/** The file of a `sqlite:` url. */
export function fileOf(url: string): string {
  const file = url.slice('sqlite:'.length).replace(/^\/\/(?=\/)/, '');
  if (file === '' || file === ':memory:')
    throw new Error(`Cannot open the database ${url}: it names no file. Write sqlite:/path/to/file.db.`);
  return path.resolve(file);
}

function cannotOpen(shownUrl: string, error: unknown, advice: string): Error {
  return new Error(`Cannot open the database ${shownUrl}: ${reasonOf(error)}. ${advice}`, { cause: error });
}

/** Node reports "no address of this host answered" as an AggregateError without a message. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError) return [...new Set(error.errors.map(reasonOf))].join('; ');
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}

function withoutPassword(url: string): string {
  if (!URL.canParse(url)) return url.replace(/\/\/.*@/, '//***@');
  const parsed = new URL(url);
  if (parsed.password !== '') parsed.password = '***';
  if (parsed.searchParams.has('password')) parsed.searchParams.set('password', '***');
  return parsed.href;
}
