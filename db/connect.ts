import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Knex } from 'knex';
import { createAccounts } from './accounts.ts';
import { createBroughtIn } from './broughtIn.ts';
import { createCheckpoints } from './checkpoints.ts';
import type { Connection } from './connection.ts';
import { differences } from './differences.ts';
import { createDrafts } from './drafts.ts';
import { createFiles } from './files.ts';
import { createIdempotencyKeys } from './idempotency.ts';
import { createInbox } from './inbox.ts';
import { createInstallationRegister } from './installation.ts';
import { createMailPreferences } from './mailPreferences.ts';
import { type Migration, migrate, migrations } from './migrate.ts';
import { createMoments } from './moments.ts';
import { createOutbox } from './outbox.ts';
import { createPasskeys } from './passkeys.ts';
import { openPostgres } from './postgres.ts';
import { EncodingError } from './postgresEncoding.ts';
import { createProbe } from './probe.ts';
import { createProviderRoles } from './providerRoles.ts';
import { createReadTables } from './read.ts';
import { createRegister } from './register.ts';
import { createSecrets } from './secrets.ts';
import { createSessions } from './sessions.ts';
import { createSignIns } from './signIns.ts';
import { openSqlite } from './sqlite.ts';
import { createTokens } from './tokens.ts';
import type { Comparison, Database } from './types.ts';
import { createZones } from './zones.ts';

/**
 * Opens the database of an installation and brings it to the newest schema.
 *
 * @param url `sqlite:/path/to/file.db` (made when missing, relative paths allowed) or `postgres://user:password@host/database`.
 * @param known the migrations up to the schema that is wanted; those of this version when absent
 * @throws Error that names the url without its password, the cause, and what to do.
 */
export async function openDatabase(url: string, known: readonly Migration[] = migrations): Promise<Database> {
  return databaseOn(await connect(url, (trx) => migrate(trx, known)));
}

/**
 * Opens the database of an installation that was started before, and brings it to the newest schema: for work that would
 * find an empty one whole.
 *
 * @throws Error as `openDatabase`, and when there is no register; then nothing was made.
 */
export async function openExistingDatabase(url: string): Promise<Database> {
  if (url.startsWith('sqlite:') && !existsSync(fileOf(url))) {
    throw new Error(`There is no database ${fileOf(url)}: check CERTLOOP_DATA_DIR or CERTLOOP_DATABASE_URL. ${making}`);
  }
  return databaseOn(
    await connect(url, async (trx) => {
      if (!(await trx.schema.hasTable('programs'))) throw new NoRegisterError();
      await migrate(trx, migrations);
    }),
  );
}

const making = '"certloop start" makes one, and so does "certloop migrate".';

/** A database that holds nothing of ours. */
class NoRegisterError extends Error {
  constructor() {
    super('it holds no register');
  }
}

function databaseOn(connection: Connection): Database {
  const zones = createZones();
  const secrets = createSecrets(connection);
  return {
    register: createRegister(connection, zones),
    read: createReadTables(connection),
    inbox: createInbox(connection),
    moments: createMoments(connection),
    outbox: createOutbox(connection),
    tokens: createTokens(connection),
    installation: createInstallationRegister(connection),
    broughtIn: createBroughtIn(connection),
    idempotency: createIdempotencyKeys(connection),
    accounts: createAccounts(connection),
    sessions: createSessions(connection),
    signIns: createSignIns(connection),
    secrets,
    checkpoints: createCheckpoints(connection, secrets),
    drafts: createDrafts(connection),
    passkeys: createPasskeys(connection),
    providerRoles: createProviderRoles(connection),
    mailPreferences: createMailPreferences(connection, zones),
    files: createFiles(connection),
    comparison: () => openComparison(connection),
    ping: async () => {
      await connection.reader.raw('select 1');
    },
    pool: () => connection.pool(),
    mustTakeWrites: createProbe(connection),
    close: () => connection.close(),
  };
}

/** Programs are rebuilt in a database of their own, in a folder that is gone afterwards; each is read on a snapshot. */
async function openComparison(connection: Connection): Promise<Comparison> {
  const folder = await mkdtemp(path.join(tmpdir(), 'certloop-verify-'));
  const scratch = await openSqlite(path.join(folder, 'scratch.db'), (trx) => migrate(trx, migrations));
  return {
    differences: (programId) => connection.snapshot((trx) => differences(trx, scratch, programId)),
    async close() {
      await scratch.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function connect(url: string, prepare: (trx: Knex.Transaction) => Promise<void>): Promise<Connection> {
  if (url.startsWith('sqlite:')) {
    const file = fileOf(url);
    return openSqlite(file, prepare).catch((error: unknown) => {
      throw cannotOpen(url, error, sqliteAdvice(file, error));
    });
  }
  if (/^postgres(ql)?:\/\//.test(url)) {
    return openPostgres(url, prepare).catch((error: unknown) => {
      const advice =
        error instanceof EncodingError
          ? ''
          : 'Check that the server runs, that host, port, database and user are right, and that the user may create tables.';
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

function sqliteAdvice(file: string, error: unknown): string {
  if ((error as { code?: string }).code === 'SQLITE_NOTADB')
    return 'Name another file with CERTLOOP_DATA_DIR or CERTLOOP_DATABASE_URL, or put a backup in its place.';
  return `Check that ${path.dirname(file)} is a folder this user can write to and has room left.`;
}

function cannotOpen(shownUrl: string, error: unknown, advice: string): Error {
  const what =
    error instanceof NoRegisterError ? `Check CERTLOOP_DATA_DIR or CERTLOOP_DATABASE_URL. ${making}` : advice;
  return new Error(`Cannot open the database ${shownUrl}: ${reasonOf(error)}. ${what}`.trimEnd(), { cause: error });
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
