import type { Account, Changed } from '../db/accounts.ts';
import type { By } from '../db/installation.ts';
import type { Database, TokenInfo } from '../db/types.ts';
import type { Email, IsoDate } from '../domain/basics.ts';

type Store = Pick<Database, 'accounts' | 'sessions' | 'tokens'>;
type Rights = Pick<Account, 'installationRole' | 'mayStart'>;

/** Says what somebody may do in the installation. Tokens with a role that they lose are taken away with it. */
export async function changeRights(
  store: Store,
  email: Email,
  rights: Rights,
  today: IsoDate,
  by: By,
): Promise<Changed> {
  const changed = await store.accounts.change(email, rights, by);
  if (changed === 'done') {
    const { installationRole: held } = rights;
    await revoke(store, email, { today, by }, ({ installationRole: role }) => role !== undefined && role !== held);
  }
  return changed;
}

/**
 * Takes somebody's account away, and with it their sessions, tokens and passkeys, so that nobody who gets the address later has
 * them. What they are in programs stays.
 */
export async function removeAccount(
  store: Store & Pick<Database, 'passkeys' | 'providerRoles'>,
  email: Email,
  today: IsoDate,
  by: By,
): Promise<Changed> {
  const changed = await store.accounts.remove(email, by);
  if (changed === 'done') {
    await store.sessions.endAll(email);
    await store.passkeys.removeAll(email, by);
    await store.providerRoles.put(email, undefined);
    await revoke(store, email, { today, by }, () => true);
  }
  return changed;
}

/** All tokens of a person; nobody has more than fit on a page of them. */
export async function tokensOf({ tokens }: Pick<Store, 'tokens'>, email: Email): Promise<TokenInfo[]> {
  const found: TokenInfo[] = [];
  for (let cursor: string | undefined; ; ) {
    const { items, nextCursor } = await tokens.list({ limit: 200, ...(cursor && { cursor }) }, email);
    found.push(...items);
    if (nextCursor === null) return found;
    cursor = nextCursor;
  }
}

async function revoke(
  store: Store,
  email: Email,
  { today, by }: { today: IsoDate; by: By },
  which: (token: TokenInfo) => boolean,
): Promise<void> {
  for (const token of await tokensOf(store, email))
    if (which(token)) await store.tokens.revoke(token.id, today, { by });
}
