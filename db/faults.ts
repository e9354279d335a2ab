/**
 * What an error of the database means. An outage ends by itself or by operations, and what was to be written can be written
 * then:
 * - `away`: it cannot be reached, or is going down or coming up;
 * - `readOnly`: it takes nothing that is written, as while it fails over;
 * - `full`: its disk is used up;
 * - `busy`: others are in the way, or have all of its memory, its connections or the files that may be open.
 *
 * `refused` is a defect: what was to be written will never be taken as it is.
 */
export type FaultKind = 'away' | 'readOnly' | 'full' | 'busy' | 'refused';

/** Why the database did not do what it was asked; `reason` is in its own words, without what was to be written. */
export interface Fault {
  kind: FaultKind;
  reason: string;
}

/** Which fault an error of the database is; undefined for an error that does not come from it. */
export function faultOf(error: unknown): Fault | undefined {
  if (!(error instanceof Error)) return undefined;
  const kind = kindOf(error as Error & { code?: unknown; severity?: unknown });
  return kind && { kind, reason: reasonOf(error) };
}

/** Whether it is an outage, which can be waited for. */
export function isOutage({ kind }: Fault): boolean {
  return kind !== 'refused';
}

/** What an outage is, and what it takes to end it, in a sentence for people. */
export function outageText({ kind, reason }: Fault): string {
  const { what, advice } = outages[kind === 'refused' ? 'away' : kind];
  return `${what} (${reason}). ${advice}`;
}

/**
 * What is missing in the database that this version needs, in a sentence for people; undefined for every other error. Nobody who asks
 * did anything wrong, and what they asked for can be done once the schema is whole.
 */
export function schemaText(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | undefined)?.code;
  const fault = faultOf(error);
  const isMissing =
    notThere.has(String(code)) || (code === 'SQLITE_ERROR' && /no such (table|column)/.test(`${error}`));
  if (fault?.kind !== 'refused' || !isMissing) return undefined;
  return (
    `The database is not as this version needs it (${fault.reason}). An administrator has to bring it there with ` +
    '"certloop migrate", or back from a backup.'
  );
}

/** PostgreSQL knows no such table, column or schema. */
const notThere = new Set(['42P01', '42703', '3F000']);

/** Marks an error as one of the connection to the database: by itself it looks like that of any other connection. */
export function ofDatabase<E>(error: E): E {
  if (error instanceof Error) fromDatabase.add(error);
  return error;
}

const fromDatabase = new WeakSet<Error>();

const outages: Record<Exclude<FaultKind, 'refused'>, { what: string; advice: string }> = {
  away: { what: 'The database cannot be reached', advice: 'It is tried again until it can be.' },
  readOnly: {
    what: 'The database can be read, but nothing can be written to it',
    advice: 'Writing goes on once it takes changes again.',
  },
  full: {
    what: 'The database cannot write because its storage is full',
    advice: 'An administrator has to make room; nothing that was recorded is lost.',
  },
  busy: { what: 'The database is busy', advice: 'It is tried again.' },
};

function kindOf(error: Error & { code?: unknown; severity?: unknown }): FaultKind | undefined {
  const code = typeof error.code === 'string' ? error.code : '';
  if (code.startsWith('SQLITE_')) return ofSqlite(code, error.message);
  if (typeof error.severity === 'string' && /^[0-9A-Z]{5}$/.test(code)) return ofPostgres(code, error.severity);
  if (fromDatabase.has(error)) return full.has(code) ? 'full' : filesUsedUp.has(code) ? 'busy' : 'away';
  return isPoolError(error) ? 'away' : undefined;
}

const full = new Set(['ENOSPC', 'EDQUOT']);

/** This process, or its machine, may open no more files, and a connection is one. */
const filesUsedUp = new Set(['EMFILE', 'ENFILE']);

/** Errors of knex and its pool: no connection was to be had in time, or it was closed meanwhile. */
function isPoolError({ name, message }: Error): boolean {
  return name === 'KnexTimeoutError' || message === 'Unable to acquire a connection' || message === 'aborted';
}

/** Primary result codes of SQLite; its driver gives no others. What is not named is refused. */
const sqlite: Record<string, FaultKind> = {
  SQLITE_FULL: 'full',
  SQLITE_NOMEM: 'busy',
  SQLITE_READONLY: 'readOnly',
  SQLITE_PERM: 'readOnly',
  SQLITE_AUTH: 'readOnly',
  SQLITE_BUSY: 'busy',
  SQLITE_LOCKED: 'busy',
  SQLITE_PROTOCOL: 'busy',
  SQLITE_INTERRUPT: 'busy',
  SQLITE_ABORT: 'busy',
  SQLITE_SCHEMA: 'busy',
  SQLITE_IOERR: 'away',
  SQLITE_CANTOPEN: 'away',
  SQLITE_CORRUPT: 'away',
  SQLITE_NOTADB: 'away',
  SQLITE_NOLFS: 'away',
  SQLITE_MISUSE: 'away',
};

function ofSqlite(code: string, message: string): FaultKind {
  // SQLite undoes a transaction by itself over a disk that fails: what comes after it is told so, under the code of any mistake.
  if (/no transaction is active|within a transaction/.test(message)) return 'busy';
  return sqlite[code] ?? 'refused';
}

/** SQLSTATEs of PostgreSQL, the whole ones before their classes. What is not named is refused. */
const postgres: Record<string, FaultKind> = {
  '25006': 'readOnly',
  // The role was denied what it needs: nothing that is written would fare better.
  '42501': 'readOnly',
  '53200': 'busy',
  '53300': 'busy',
  '57014': 'busy',
  XX001: 'away',
  XX002: 'away',
  '08': 'away',
  '25': 'busy',
  '26': 'busy',
  '28': 'away',
  '3D': 'away',
  '40': 'busy',
  '53': 'full',
  '55': 'busy',
  '57': 'away',
  '58': 'away',
  F0: 'away',
};

/**
 * What ends the whole session is none of what was written, whatever its code: a pooler without connections (XX000), or a session that
 * the server's settings do not let begin.
 */
function ofPostgres(code: string, severity: string): FaultKind {
  const otherwise = severity === 'FATAL' || severity === 'PANIC' ? 'away' : 'refused';
  return postgres[code] ?? postgres[code.slice(0, 2)] ?? otherwise;
}

/** knex puts the statement before the database's own words, and node says "no address answered" without a word. */
function reasonOf(error: Error): string {
  if (error instanceof AggregateError) return [...new Set(error.errors.map(reasonOf))].join('; ');
  const { code } = error as { code?: string };
  if (code && filesUsedUp.has(code)) return `${code}: too many open files; raise the limit of this process`;
  // Of node itself, such as "connect ENETUNREACH 10.0.0.1:5432 - Local (0.0.0.0:0)".
  if ('syscall' in error) return error.message;
  const own = error.message.slice(error.message.lastIndexOf(' - ') + 1).replace(/^- /, '');
  return own.replace(/\.$/, '');
}
