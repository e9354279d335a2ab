import type { Knex } from 'knex';
import type { Email, Instant } from '../domain/basics.ts';
import { sha256 } from './hashes.ts';
import type { InstallationEvents, InstallationRecord } from './installationEvents.ts';

/** What the chain says of a token, of an account and of a passkey, by the columns of their rows. */
interface TokenRow {
  email: Email;
  name: string;
  installation_role: string | null;
  program_id: string | null;
  access: string | null;
  expires_on: string | null;
  /** Absent where its record does not have it. */
  hash?: string | undefined;
  /** Who made it; absent for one that was there when the chain began. */
  made_by?: Email | null;
}
interface AccountRow {
  name: string;
  installation_role: string | null;
  may_start: boolean;
}
interface PasskeyRow {
  email: Email;
  /** Its hash. */
  public_key: string;
}

/** Tokens and passkeys by id and accounts by address, as the installation's records give them. */
export interface InstallationRows {
  tokens: Map<string, TokenRow>;
  accounts: Map<string, AccountRow>;
  passkeys: Map<string, PasskeyRow>;
  /** When each token was made, by its record. */
  madeAt: Map<string, Instant>;
}

/** A token's row is made a moment before its record, or longer where others write. */
const mostBetweenMs = 10 * 60_000;

export function noRows(): InstallationRows {
  return { tokens: new Map(), accounts: new Map(), passkeys: new Map(), madeAt: new Map() };
}

/** Takes one record more into the rows, as `tokens.ts`, `accounts.ts` and `passkeys.ts` wrote them with it. */
export function foldInto({ tokens, accounts, passkeys, madeAt }: InstallationRows, record: InstallationRecord): void {
  const { type, data } = record;
  switch (type) {
    case 'TokenMade':
      tokens.set(data.tokenId, { ...tokenRow(data), made_by: record.actor ?? null });
      madeAt.set(data.tokenId, record.at);
      break;
    case 'TokenKnown':
      tokens.set(data.tokenId, tokenRow(data));
      break;
    case 'TokenRevoked':
      tokens.delete(data.tokenId);
      break;
    case 'AccountPut':
    case 'AccountKnown':
      accounts.set(data.email, accountRow(data));
      break;
    case 'AccountRemoved':
      accounts.delete(data.email);
      break;
    case 'AccountMoved': {
      const account = accounts.get(data.from);
      accounts.delete(data.from);
      if (account) accounts.set(data.to, { ...account, name: data.name });
      for (const [id, row] of tokens)
        if (row.email === data.from || row.email === data.to)
          tokens.set(id, { ...row, email: data.to, name: data.name });
      for (const [id, row] of passkeys) if (row.email === data.from) passkeys.set(id, { ...row, email: data.to });
      break;
    }
    case 'PasskeyAdded':
    case 'PasskeyKnown':
      passkeys.set(data.passkeyId, { email: data.email, public_key: data.keyHash });
      break;
    case 'PasskeyRemoved':
      passkeys.delete(data.passkeyId);
  }
}

function tokenRow({ email, name, installationRole, scope, expiresOn, secretHash }: InstallationEvents['TokenMade']) {
  return {
    email,
    name,
    installation_role: installationRole ?? null,
    program_id: scope?.programId ?? null,
    access: scope?.access ?? null,
    expires_on: expiresOn ?? null,
    hash: secretHash,
  };
}

function accountRow({ name, installationRole, mayStart }: InstallationEvents['AccountKnown']): AccountRow {
  return { name, installation_role: installationRole ?? null, may_start: mayStart };
}

/** Says which rows of tokens, accounts and passkeys are not as the records give them, a line for each. */
export async function rowsDiffer(
  trx: Knex,
  { tokens, accounts, passkeys, madeAt }: InstallationRows,
): Promise<string[]> {
  const made = byKey(await trx('tokens').select(), 'id');
  const keys: { id: string; email: Email; public_key: string }[] = await trx('passkeys').select();
  const hashed = byKey(
    keys.map((row) => ({ ...row, public_key: sha256(row.public_key) })),
    'id',
  );
  // One that is missing lets nobody in, and an earlier version that runs beside takes them away without a record.
  const there = new Map([...passkeys].filter(([id]) => hashed.has(id)));
  return [
    ...compared('tokens', tokens, made),
    ...[...made].flatMap(([id, row]) => (isMadeAt(row.made_at, madeAt.get(id)) ? [] : [madeOtherwise(id)])),
    ...compared('accounts', accounts, byKey(await trx('accounts').select(), 'email')),
    ...compared('passkeys', there, hashed),
  ];
}

function isMadeAt(is: unknown, was: Instant | undefined): boolean {
  return was === undefined || Math.abs(Date.parse(String(is)) - Date.parse(was)) <= mostBetweenMs;
}

function madeOtherwise(id: string): string {
  return `tokens ${id}: made_at not as the records give it`;
}

function byKey(rows: Record<string, unknown>[], key: string): Map<string, Record<string, unknown>> {
  return new Map(rows.map((row) => [String(row[key]), row]));
}

function compared(
  table: string,
  right: ReadonlyMap<string, object>,
  is: ReadonlyMap<string, Record<string, unknown>>,
): string[] {
  const found: string[] = [];
  for (const [id, row] of is) {
    const was = right.get(id);
    const wrong = Object.entries(was ?? {}).filter(
      ([column, value]) => value !== undefined && plain(row[column]) !== plain(value),
    );
    if (!was) found.push(`${table} ${id}: no record tells of this row, or one that it was taken away`);
    else if (wrong.length > 0)
      found.push(`${table} ${id}: ${wrong.map(([column]) => column).join(', ')} not as the records give it`);
  }
  for (const id of right.keys()) if (!is.has(id)) found.push(`${table} ${id}: the row is missing`);
  return found;
}

/** SQLite has numbers for booleans. */
function plain(value: unknown): string {
  return typeof value === 'boolean' ? String(Number(value)) : String(value ?? null);
}
